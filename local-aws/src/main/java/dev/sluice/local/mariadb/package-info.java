/** A MariaDB where AWS has RDS for MySQL, for tests and the demo. */
package dev.sluice.local.mariadb;
