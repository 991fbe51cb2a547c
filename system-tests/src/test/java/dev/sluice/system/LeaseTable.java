package dev.sluice.system;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Who owns which shard, by the lease table. */
final class LeaseTable {
  private LeaseTable() {}

  /** Worker ids by shard; shards without an owner are not there, and those that have ended. */
  static Map<String, String> owners(Scenario scenario) {
    var owners = new TreeMap<String, String>();
    for (Map<String, AttributeValue> lease :
        scenario
            .stack()
            .dynamoDb()
            .scan(scan -> scan.tableName(scenario.name()).consistentRead(true))
            .join()
            .items()) {
      AttributeValue owner = lease.get("leaseOwner");
      if (owner != null && lease.get("leaseKey").s().startsWith("shardId-")) {
        owners.put(lease.get("leaseKey").s(), owner.s());
      }
    }
    return owners;
  }

  /** True when every shard of the beginning has one of these owners, and each owner has one. */
  static boolean isShared(Scenario scenario, ConsumerProcess... workers) {
    var names = new TreeSet<String>();
    for (ConsumerProcess worker : workers) {
      names.add(worker.workerId());
    }
    Map<String, String> owners = owners(scenario);
    return owners.size() == Scenario.SHARDS && names.equals(new TreeSet<>(owners.values()));
  }
}
