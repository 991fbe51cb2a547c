package dev.sluice.deploy;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.rds.CfnDBInstance;
import software.amazon.awscdk.services.rds.CfnDBParameterGroup;
import software.amazon.awscdk.services.rds.CfnDBSubnetGroup;

/** MySQL on RDS: encrypted, TLS only, its password made, kept and rotated by Secrets Manager. */
final class Database {
  static final String NAME = "sluice";
  static final String USER = "sluice";

  private final CfnDBInstance instance;

  Database(RegistrationsStack stack, PrivateNetwork network) {
    CfnParameter size =
        Parameter.text(stack, "DatabaseClass", "Size of the machine.")
            .matching("db\\.[a-z0-9]+\\.[a-z0-9]+", "a class such as db.t4g.micro")
            .defaultsTo("db.t4g.micro")
            .create();
    CfnParameter storage =
        Parameter.number(stack, "DatabaseStorage", "GB of storage.")
            .between(20, 65_536)
            .defaultsTo(20)
            .create();
    CfnParameter zones =
        Parameter.text(stack, "DatabaseMultiAz", "Whether a second machine stands by.")
            .oneOf("true", "false")
            .defaultsTo("false")
            .create();
    CfnParameter backups =
        Parameter.number(stack, "DatabaseBackupDays", "Days that backups are kept.")
            .between(1, 35)
            .defaultsTo(7)
            .create();
    CfnDBSubnetGroup subnets =
        CfnDBSubnetGroup.Builder.create(stack, "DatabaseSubnets")
            .dbSubnetGroupDescription("Subnets of the customers' database.")
            .subnetIds(network.subnets())
            .build();
    CfnDBParameterGroup settings =
        CfnDBParameterGroup.Builder.create(stack, "DatabaseSettings")
            .description("TLS only.")
            .family("mysql8.4")
            .parameters(Map.of("require_secure_transport", "ON"))
            .build();
    instance =
        CfnDBInstance.Builder.create(stack, "Database")
            .engine("mysql")
            .engineVersion("8.4")
            .dbInstanceClass(size.getValueAsString())
            .allocatedStorage(storage.getValueAsString())
            .storageType("gp3")
            .storageEncrypted(true)
            .multiAz(
                Fn.conditionIf(
                    stack.condition("StandsBy", SluiceStack.is(zones, "true")).getLogicalId(),
                    true,
                    false))
            .dbName(NAME)
            .masterUsername(USER)
            .manageMasterUserPassword(true)
            .dbSubnetGroupName(subnets.getRef())
            .dbParameterGroupName(settings.getRef())
            .vpcSecurityGroups(List.of(network.databaseGroup()))
            .publiclyAccessible(false)
            .backupRetentionPeriod(backups.getValueAsNumber())
            .autoMinorVersionUpgrade(true)
            .copyTagsToSnapshot(true)
            .build();
    // The instance itself cannot stay in a network that goes.
    stack.keepData(instance, "Snapshot");
  }

  String host() {
    return instance.getAttrEndpointAddress();
  }

  String port() {
    return instance.getAttrEndpointPort();
  }

  String secretArn() {
    return instance.getAttrMasterUserSecretSecretArn();
  }

  String identifier() {
    return instance.getRef();
  }
}
