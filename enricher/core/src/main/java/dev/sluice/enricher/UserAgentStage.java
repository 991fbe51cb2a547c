package dev.sluice.enricher;

import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.KnownUserAgents;
import dev.sluice.enricher.useragent.UserAgentFinder;
import dev.sluice.enricher.useragent.UserAgentFragment;

/** Finds system, browser and type of device. Not thread-safe. */
final class UserAgentStage extends LineStage {
  private final UserAgentFinder finder;

  UserAgentStage(UserAgentFinder finder) {
    this.finder = finder;
  }

  @Override
  void run(EnrichedLine line) {
    UserAgentFragment userAgent = find(line);
    line.userAgent(userAgent);
    line.warnings().addUnless(userAgent.complete(), Warning.UNCLASSIFIED_USER_AGENT);
  }

  private UserAgentFragment find(EnrichedLine line) {
    if (line.hasKept() && line.kept().userAgent().length > 0) {
      return UserAgentFragment.kept(line.kept().userAgent(), line.kept().isBot());
    }
    AccessLogLine fields = line.fields();
    if (!fields.has(Field.USER_AGENT)) {
      return UserAgentFragment.NOTHING;
    }
    if (fields.knownUserAgent() != KnownUserAgents.UNKNOWN) {
      return finder.known(fields.knownUserAgent());
    }
    return fields.isMissing(Field.USER_AGENT)
        ? finder.none()
        : finder.find(fields.buffer(), fields.from(Field.USER_AGENT), fields.to(Field.USER_AGENT));
  }
}
