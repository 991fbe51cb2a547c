package dev.sluice.enricher.geo;

/**
 * One thread's way through a {@link SearchTree}, shortened by what came before: addresses come from
 * few networks. Answers what the tree itself does. The tables are not shared, because each new
 * prefix of one thread would take a line of memory away from the caches of the others. Not
 * thread-safe.
 */
final class TreeWalk {
  /** Bits of an IPv4 address in {@link #ipv4Prefixes}: what is mostly the smallest network. */
  private static final int IPV4_PREFIX_BITS = 24;

  /** 16,384 networks, 128 KB. */
  private static final int IPV4_TABLE_BITS = 14;

  /** Bits of an IPv6 address in {@link #ipv6Providers}: what a registry gives a provider. */
  private static final int PROVIDER_BITS = 32;

  /** 4,096 providers, 32 KB. */
  private static final int PROVIDER_TABLE_BITS = 12;

  /** Bits of an IPv6 address in {@link #ipv6Prefixes}: what most networks are no smaller than. */
  private static final int IPV6_PREFIX_BITS = 40;

  /** 16,384 networks, 128 KB. */
  private static final int IPV6_TABLE_BITS = 14;

  private final SearchTree tree;
  private final PrefixTable ipv4Prefixes = new PrefixTable(IPV4_PREFIX_BITS, IPV4_TABLE_BITS);
  private final PrefixTable ipv6Providers = new PrefixTable(PROVIDER_BITS, PROVIDER_TABLE_BITS);
  private final PrefixTable ipv6Prefixes = new PrefixTable(IPV6_PREFIX_BITS, IPV6_TABLE_BITS);

  TreeWalk(SearchTree tree) {
    this.tree = tree;
  }

  /** As {@link SearchTree#find}. */
  long find(long high, long low) {
    if (Address.isIpv4(high, low)) {
      return tree.dataOf(ofIpv4((int) low));
    }
    return tree.isIpv4Only() ? SearchTree.NOTHING : tree.dataOf(ofIpv6(high, low));
  }

  /** Whether all addresses that share 24 bits with this IPv4 address have the same answer. */
  boolean isOneNetwork(long low) {
    return !tree.isNode(ofIpv4Prefix((int) low));
  }

  private long ofIpv4(int address) {
    long record = ofIpv4Prefix(address);
    return tree.isNode(record)
        ? tree.descend(
            record,
            (long) address << Integer.SIZE + IPV4_PREFIX_BITS,
            Integer.SIZE - IPV4_PREFIX_BITS)
        : record;
  }

  private long ofIpv4Prefix(int address) {
    int prefix = address >>> Integer.SIZE - IPV4_PREFIX_BITS;
    long bits = (long) address << Integer.SIZE;
    long record = ipv4Prefixes.find(prefix);
    if (record == PrefixTable.UNKNOWN) {
      int topBits = SearchTree.TOP_BITS;
      record = tree.descend(tree.ofTop(address), bits << topBits, IPV4_PREFIX_BITS - topBits);
      ipv4Prefixes.put(prefix, record);
    }
    return record;
  }

  private long ofIpv6(long high, long low) {
    long prefix = high >>> Long.SIZE - IPV6_PREFIX_BITS;
    long record = ipv6Prefixes.find(prefix);
    if (record == PrefixTable.UNKNOWN) {
      int more = IPV6_PREFIX_BITS - PROVIDER_BITS;
      record = tree.descend(ofProvider(high), high << PROVIDER_BITS, more);
      ipv6Prefixes.put(prefix, record);
    }
    if (tree.isNode(record)) {
      record = tree.descend(record, high << IPV6_PREFIX_BITS, Long.SIZE - IPV6_PREFIX_BITS);
      record = tree.descend(record, low, Long.SIZE);
    }
    return record;
  }

  private long ofProvider(long high) {
    long prefix = high >>> Long.SIZE - PROVIDER_BITS;
    long record = ipv6Providers.find(prefix);
    if (record == PrefixTable.UNKNOWN) {
      record = tree.descend(0, high, PROVIDER_BITS);
      ipv6Providers.put(prefix, record);
    }
    return record;
  }
}
