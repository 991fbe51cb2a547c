package dev.sluice.registrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Customers as rows of a table with the primary key {@code CustID}. One connection, kept from
 * invocation to invocation and opened anew when it has died meanwhile. SQL that MySQL and MariaDB
 * have in common.
 */
final class MySqlCustomerRows implements CustomerRows, AutoCloseable {
  private static final int VALID_WITHIN_SECONDS = 2;

  /** Opens connections. */
  interface Connections {
    Connection open() throws SQLException;
  }

  private final Connections connections;
  private final String create; // null when the table is somebody else's
  private final String upsert;
  private Connection connection; // null until it is needed, and after a failure

  /**
   * @param table letters, digits, underscores and dollar signs
   * @param create whether the table is made where there is none
   */
  MySqlCustomerRows(Connections connections, String table, boolean create) {
    this.connections = connections;
    this.create =
        create
            ? "CREATE TABLE IF NOT EXISTS `"
                + table
                + "` (`CustID` BIGINT NOT NULL PRIMARY KEY, `Name` TEXT NOT NULL)"
                + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
            : null;
    upsert =
        "INSERT INTO `"
            + table
            + "` (`CustID`, `Name`) VALUES (?, ?) ON DUPLICATE KEY UPDATE `Name` = VALUES(`Name`)";
  }

  @Override
  public Transaction upsert(List<Registration> customers) throws SQLException {
    Connection current = connection();
    boolean written = false;
    try (PreparedStatement statement = current.prepareStatement(upsert)) {
      for (Registration customer : customers) {
        statement.setLong(1, customer.custId());
        statement.setString(2, customer.name());
        statement.addBatch();
      }
      statement.executeBatch();
      written = true;
    } finally {
      if (!written) {
        rollBack();
      }
    }
    return new Written();
  }

  private Connection connection() throws SQLException {
    if (connection != null && !connection.isValid(VALID_WITHIN_SECONDS)) {
      close();
    }
    if (connection == null) {
      Connection opened = connections.open();
      try {
        if (create != null) {
          try (Statement statement = opened.createStatement()) {
            statement.execute(create);
          }
        }
        opened.setAutoCommit(false);
      } catch (SQLException e) {
        opened.close();
        throw e;
      }
      connection = opened;
    }
    return connection;
  }

  /** A connection that does not take its rows back is closed, which takes them back too. */
  private void rollBack() {
    try {
      connection.rollback();
    } catch (SQLException dead) {
      close();
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException dead) {
        // it is gone either way
      }
      connection = null;
    }
  }

  /** Rows of this connection that wait for their commit. */
  private final class Written implements Transaction {
    private boolean committed;

    @Override
    public void commit() throws SQLException {
      connection.commit();
      committed = true;
    }

    @Override
    public void close() {
      if (!committed) {
        rollBack();
      }
    }
  }
}
