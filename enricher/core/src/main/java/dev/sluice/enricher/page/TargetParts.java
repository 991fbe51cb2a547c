package dev.sluice.enricher.page;

/**
 * Path and query of a request target, as they stand in it: a view, used again for the next target.
 * Not thread-safe.
 */
public final class TargetParts {
  private static final byte[] ROOT = {'/'};

  private byte[] pathText;
  private int pathFrom;
  private int pathTo;
  private boolean path;
  private int queryFrom;
  private int queryTo;
  private boolean query;

  /**
   * Looks at the target from {@code from} (in) to {@code to} (out). The path of an absolute target
   * without one is {@code /} (RFC 9110, section 4.2.3). A target that does not begin with a slash
   * has the path after its first one, as for the page; without any slash, as in {@code *}, it has
   * none.
   */
  public void find(byte[] text, int from, int to) {
    int end = Uris.pathEnd(text, from, to);
    pathText = text;
    pathFrom = from;
    pathTo = end;
    path = true;
    if (from == end || text[from] != '/') {
      int authority = Uris.authorityStart(text, from, end);
      int slash = end;
      for (int i = Math.max(from, authority); i < slash; i++) {
        if (text[i] == '/') {
          slash = i;
        }
      }
      pathFrom = slash;
      if (slash == end) {
        path = authority != Uris.NO_AUTHORITY || from == end;
        pathText = ROOT;
        pathFrom = 0;
        pathTo = ROOT.length;
      }
    }
    query = end < to && text[end] == '?';
    queryFrom = end + 1;
    queryTo = end + 1;
    while (query && queryTo < to && text[queryTo] != '#') {
      queryTo++;
    }
  }

  public boolean hasPath() {
    return path;
  }

  /** Where the path is. */
  public byte[] pathText() {
    return pathText;
  }

  public int pathFrom() {
    return pathFrom;
  }

  public int pathTo() {
    return pathTo;
  }

  /** Whether there is a question mark; the query behind it may be empty. */
  public boolean hasQuery() {
    return query;
  }

  /** In the text that {@link #find} was given. */
  public int queryFrom() {
    return queryFrom;
  }

  public int queryTo() {
    return queryTo;
  }
}
