.DEFAULT_GOAL := help
JAVA := $(if $(JAVA_HOME),$(JAVA_HOME)/bin/)java
.PHONY: help demo verify test fmt golden settings-page operate-page templates samples full-size-geo benchmarks ratios bench performance-page build-rules release reproducible clean ci

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## the main job on this machine: replay, Kinesis, consumer, S3
	./sluice demo

verify: ## everything that a change must pass on any machine
	mvn -B verify

test: ## the tests, without the formatter check
	mvn -B test

fmt: ## format the Java sources
	mvn -B -q spotless:apply

golden: ## write the answers of today into the golden files; review the difference
	mvn -B -q -pl enricher/core -am test -Dtest=GoldenTest -Dgolden.rewrite=true -Dsurefire.failIfNoSpecifiedTests=false

settings-page: ## write the tables of docs/settings.md from the code
	mvn -B -q -pl cli -am test -Dtest=SettingsPageTest -Ddocs.rewrite=true -Dsurefire.failIfNoSpecifiedTests=false

operate-page: ## write the tables, the alarms and the picture of docs/operate.md from code and template
	mvn -B -q -pl dashboards test -Dtest=OperatePageTest,DashboardPictureTest -Ddocs.rewrite=true

templates: ## write the CloudFormation templates from the code; needs Node
	mvn -B -q -pl dashboards compile dependency:build-classpath -Dmdep.outputFile=target/classpath
	$(JAVA) -cp dashboards/target/classes:$$(cat dashboards/target/classpath) dev.sluice.dashboards.WriteTemplates dashboards/templates
	mvn -B -q -pl deploy -am process-classes
	CDK_VALIDATION=false $(JAVA) -cp deploy/target/classes:$$(cat deploy/target/classpath) dev.sluice.deploy.WriteTemplates deploy

samples: ## write access.log.gz, tweets.jsonl.gz, geo.mmdb and asn.mmdb of samples/ anew
	mvn -B -q -pl samples compile
	java -cp samples/target/classes dev.sluice.samples.WriteSamples samples

full-size-geo: ## write a GeoIP database of 50 MB and 100,000 cities to target/geo-full.mmdb
	mvn -B -q -pl samples compile
	mkdir -p target
	java -cp samples/target/classes dev.sluice.samples.WriteSamples --full-size target/geo-full.mmdb

benchmarks: ## jmh/target/benchmarks.jar
	mvn -B -q -pl jmh -am package -DskipTests

ratios: benchmarks ## measure us against the neighbours; each ratio with its bound, PASS or FAIL
	$(JAVA) -Dslf4j.internal.verbosity=ERROR $(JAVA_PROPERTIES) -cp jmh/target/benchmarks.jar dev.sluice.jmh.Ratios $(RATIOS)

bench: benchmarks ## every benchmark and every ratio, written to jmh/results
	$(JAVA) -Dslf4j.internal.verbosity=ERROR $(JAVA_PROPERTIES) -cp jmh/target/benchmarks.jar dev.sluice.jmh.Ratios --all --results jmh/results $(RATIOS)

performance-page: ## write the figures of docs/performance.md from the newest result
	mvn -B -q -pl jmh -am test -Dtest=PerformancePageTest -Ddocs.rewrite=true -Dsurefire.failIfNoSpecifiedTests=false

build-rules: ## break every rule of the build on purpose, in a copy
	.ci/build-rules

release: ## target/release: functions, consumer, web application, command line, templates, SBOM, checksums
	release/build

reproducible: ## build the release again, elsewhere, and compare it with target/release
	.ci/reproducible

ci: ## what the build server runs, with everything installed that optional tests need
	.ci/run

clean: ## remove what the build made
	mvn -B -q clean
