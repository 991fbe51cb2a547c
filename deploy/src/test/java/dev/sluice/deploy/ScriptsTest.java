package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * deploy, destroy and empty-bucket with an {@code aws} of ours on the PATH, which writes down how
 * it is called and answers from files: what is asked first, what is refused before anything is
 * sent, in which order things go.
 */
class ScriptsTest {
  private static final long MOST_SECONDS = 120;

  @TempDir Path folder;

  private Path calls;
  private Path zip;

  private record Run(int exitCode, String out, String errors) {}

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "skipped: there is no /bin/bash");
    calls = folder.resolve("calls");
    Files.createFile(calls);
    Files.createDirectory(folder.resolve("bin"));
    Files.createDirectory(folder.resolve("answers"));
    // Answers to a call in turn: answers/<operation>.1, .2, ...; the last one stays.
    command(
        "aws",
        """
        #!/bin/bash
        printf 'aws %s\\n' "$*" >>"$FOLDER/calls"
        operation=$2
        n=1
        [ ! -f "$FOLDER/answers/$operation.turn" ] || n=$(cat "$FOLDER/answers/$operation.turn")
        answer=$FOLDER/answers/$operation.$n
        [ ! -f "$FOLDER/answers/$operation.$((n + 1))" ] || echo $((n + 1)) >"$FOLDER/answers/$operation.turn"
        if [ -f "$answer.failure" ]; then cat "$answer.failure" >&2; exit 254; fi
        [ ! -f "$answer" ] || cat "$answer"
        for argument in "$@"; do
          case $argument in file://*) cat "${argument#file://}" >>"$FOLDER/bodies" ;; esac
        done
        """);
    command("mvn", "#!/bin/bash\nprintf 'mvn %s\\n' \"$*\" >>\"$FOLDER/calls\"\nexit 7\n");
    zip = Files.writeString(folder.resolve("package.zip"), "a package");
  }

  private void command(String name, String text) throws IOException {
    Path file = folder.resolve("bin").resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void answer(String operation, int turn, String text) throws IOException {
    Files.writeString(folder.resolve("answers").resolve(operation + "." + turn), text);
  }

  private void failure(String operation, int turn, String text) throws IOException {
    answer(operation, turn, "");
    Files.writeString(folder.resolve("answers").resolve(operation + "." + turn + ".failure"), text);
  }

  private void stackIsNotThere() throws IOException {
    failure(
        "describe-stacks",
        1,
        "An error occurred (ValidationError): Stack with id sluice-x does not exist\n");
    answer("describe-stacks", 2, "FunctionName\tf\tFunction\n");
  }

  private Run run(String script, String... arguments) throws IOException, InterruptedException {
    return run("", script, arguments);
  }

  private Run run(String input, String script, String[] arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("/bin/bash", script));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path errors = folder.resolve("errors");
    Path in = Files.writeString(folder.resolve("in"), input);
    var builder =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("FOLDER", folder.toString());
    Path java = Path.of(System.getProperty("java.home"), "bin");
    environment.put(
        "PATH",
        folder.resolve("bin") + ":" + java + ":" + environment.getOrDefault("PATH", "/usr/bin"));
    Process process = builder.start();
    assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).as("%s ended", script).isTrue();
    return new Run(process.exitValue(), Files.readString(out), Files.readString(errors));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(calls, StandardCharsets.UTF_8);
  }

  private String call(String start) throws IOException {
    List<String> found = calls().stream().filter(call -> call.startsWith(start)).toList();
    assertThat(found).as(start).hasSize(1);
    return found.get(0);
  }

  @Test
  void deploysOnceAllIsRight() throws Exception {
    stackIsNotThere();

    Run run =
        run(
            "deploy",
            "files",
            "--artifacts",
            "my-artifacts",
            "--param",
            "UploadBucketName=my-uploads",
            "--param",
            "FilterRules=drop page=health; keep all",
            "--package",
            zip.toString());

    assertThat(run.errors()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("FunctionName");
    assertThat(calls().stream().map(call -> call.split(" ")[2]))
        .containsExactly("describe-stacks", "cp", "deploy", "describe-stacks");
    String key = call("aws s3 cp").replaceAll(".*s3://my-artifacts/", "");
    assertThat(key).matches("sluice/files/[0-9a-f]{64}\\.zip");
    assertThat(call("aws cloudformation deploy"))
        .contains(
            "--stack-name sluice-files ",
            "/templates/sluice-files.json",
            "--s3-bucket my-artifacts",
            "CAPABILITY_IAM CAPABILITY_AUTO_EXPAND",
            "UploadBucketName=my-uploads",
            "FilterRules=drop page=health; keep all",
            "ArtifactBucket=my-artifacts",
            "ArtifactKey=" + key,
            "Release=");
  }

  @Test
  void wrongParametersAreNamedBeforeAnythingIsSent() throws Exception {
    stackIsNotThere();

    Run run =
        run(
            "deploy",
            "tweets",
            "--artifacts",
            "my-artifacts",
            "--param",
            "ShardCount=none",
            "--param",
            "Shards=2",
            "--param",
            "SnapStart=on",
            "--param",
            "ProvisionedConcurrency=1");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors())
        .contains("Shards: no parameter of this template")
        .contains("ShardCount: expected a whole number from 1 to 500")
        .contains("SnapStart and ProvisionedConcurrency exclude each other");
    assertThat(calls()).hasSize(1).allMatch(call -> call.contains("describe-stacks"));
  }

  @Test
  void missingParametersAreNamedBeforeAnythingIsSent() throws Exception {
    stackIsNotThere();

    Run run = run("deploy", "fan-out", "--artifacts", "my-artifacts");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors()).contains("StreamArn: is missing");
    assertThat(calls()).hasSize(1);
  }

  @Test
  void aStackThatIsThereKeepsWhatIsNotGiven() throws Exception {
    answer(
        "describe-stacks",
        1,
        "ArtifactBucket\told\nArtifactKey\told.zip\nUploadBucketName\tmy-uploads\nNotificationEmail\t\n");

    Run run = run("deploy", "files", "--artifacts", "my-artifacts", "--package", zip.toString());

    assertThat(run.errors()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(call("aws cloudformation deploy")).doesNotContain("UploadBucketName");
  }

  @Test
  void otherCodeOrOtherSettingsAreAnotherRelease() throws Exception {
    stackIsNotThere();
    var releases = new ArrayList<String>();
    for (String memory : List.of("512", "512", "1024")) {
      Files.writeString(calls, "");
      Files.deleteIfExists(folder.resolve("answers/describe-stacks.turn"));
      run(
          "deploy",
          "tweets",
          "--artifacts",
          "my-artifacts",
          "--param",
          "MemorySize=" + memory,
          "--package",
          zip.toString());
      releases.add(call("aws cloudformation deploy").replaceAll(".*Release=(\\w+).*", "$1"));
    }
    assertThat(releases.get(0)).isEqualTo(releases.get(1)).isNotEqualTo(releases.get(2));
  }

  @Test
  void theCdkTakesTheLastStepIfItIsAskedTo() throws Exception {
    command("cdk", "#!/bin/bash\nprintf 'cdk %s\\n' \"$*\" >>\"$FOLDER/calls\"\n");
    stackIsNotThere();
    String[] tweets = {
      "tweets", "--artifacts", "my-artifacts", "--package", zip.toString(), "--by", "cdk"
    };

    assertThat(run("", "deploy", tweets).exitCode()).isZero();

    assertThat(call("cdk deploy"))
        .startsWith("cdk deploy sluice-tweets --require-approval never --parameters Artifact");
    assertThat(calls()).noneMatch(call -> call.startsWith("aws cloudformation deploy"));
    stackWithBuckets("true");
    Files.deleteIfExists(folder.resolve("answers/describe-stacks.2"));
    Files.deleteIfExists(folder.resolve("answers/describe-stacks.1.failure"));
    Files.deleteIfExists(folder.resolve("answers/describe-stacks.turn"));
    assertThat(run("destroy", "tweets", "--yes", "--by", "cdk").exitCode()).isZero();
    assertThat(call("cdk destroy")).isEqualTo("cdk destroy sluice-tweets --force");
    assertThat(run("deploy", "tweets", "--artifacts", "b", "--by", "hand").errors())
        .contains("--by hand: expected cdk");
  }

  @Test
  void pagesAreKeptQuietWhileItDeploys() throws Exception {
    stackIsNotThere();

    Run run =
        run(
            "deploy",
            "tweets",
            "--artifacts",
            "my-artifacts",
            "--quiet",
            "production",
            "--package",
            zip.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(calls().stream().map(call -> call.split(" ")[2]))
        .containsExactly("describe-stacks", "cp", "put-metric-data", "deploy", "describe-stacks");
    assertThat(call("aws cloudwatch"))
        .contains("--metric-name DeployInProgress", "Deployment=production");
  }

  @Test
  void aPackageIsBuiltWhereNoneIsGiven() throws Exception {
    stackIsNotThere();

    Run run = run("deploy", "windows", "--artifacts", "my-artifacts");

    assertThat(run.exitCode()).isEqualTo(7); // of our mvn
    assertThat(calls().get(1)).startsWith("mvn ").contains("-pl functions/windows -am package");
    assertThat(calls()).hasSize(2);
  }

  @Test
  void troubleWithAwsIsToldAndNothingIsSent() throws Exception {
    failure("describe-stacks", 1, "Unable to locate credentials\n");

    Run run = run("deploy", "tweets", "--artifacts", "my-artifacts", "--package", zip.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).contains("Unable to locate credentials");
    assertThat(calls()).hasSize(1);
  }

  @Test
  void wrongUseIsToldWithoutAnyCall() throws Exception {
    assertThat(run("deploy", "tweets").errors()).contains("--artifacts is missing");
    assertThat(run("deploy", "tweet", "--artifacts", "b").errors()).contains("unknown stack tweet");
    assertThat(run("deploy", "tweets", "--artifacts").errors())
        .contains("--artifacts needs a value");
    assertThat(run("deploy", "tweets", "--artifacts", "b", "--param", "A").errors())
        .contains("--param A: expected KEY=VALUE");
    assertThat(run("deploy", "tweets", "--artifacts", "b", "--package", "/no").errors())
        .contains("--package /no: no such file");
    assertThat(run("destroy", "tweet").errors()).contains("unknown stack tweet");
    assertThat(run("destroy").exitCode()).isEqualTo(2);
    assertThat(run("empty-stack").exitCode()).isEqualTo(2);
    assertThat(run("empty-bucket").exitCode()).isEqualTo(2);
    assertThat(calls()).isEmpty();
    assertThat(run("deploy", "--help").out()).contains("deploy/deploy STACK");
  }

  private void stackWithBuckets(String retains) throws IOException {
    answer("describe-stacks", 1, retains + "\n");
    answer("list-stack-resources", 1, "my-uploads\tmy-output\n");
  }

  @Test
  void bucketsAreEmptiedBeforeTheStackGoes() throws Exception {
    stackWithBuckets("false");
    answer(
        "list-object-versions",
        1,
        "{\"Objects\":[{\"Key\":\"a\",\n\"VersionId\":\"1\"},{\"Key\":\"a\",\n\"VersionId\":\"2\"}]}\n");
    answer("list-object-versions", 2, "{\"Objects\":[]}\n");

    Run run = run("destroy", "files", "--yes");

    assertThat(run.errors()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("my-uploads: 2 versions removed", "sluice-files is gone");
    assertThat(calls().stream().map(call -> call.split(" ")[2]))
        .containsExactly(
            "describe-stacks",
            "list-stack-resources",
            "list-object-versions",
            "delete-objects",
            "list-object-versions",
            "list-object-versions",
            "delete-stack",
            "wait");
    assertThat(Files.readString(folder.resolve("bodies"))).contains("\"VersionId\":\"2\"");
  }

  @Test
  void whatIsAskedToStayStays() throws Exception {
    stackWithBuckets("true");

    Run run = run("destroy", "files", "--yes");

    assertThat(run.exitCode()).isZero();
    assertThat(calls().stream().map(call -> call.split(" ")[2]))
        .containsExactly("describe-stacks", "delete-stack", "wait");
  }

  @Test
  void nothingGoesWithoutTheStacksName() throws Exception {
    stackWithBuckets("false");

    Run refused = run("yes\n", "destroy", new String[] {"files"});
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.out()).contains("everything in: my-uploads my-output");
    assertThat(refused.errors()).contains("nothing was removed");
    assertThat(calls()).noneMatch(call -> call.contains("delete"));

    answer("list-object-versions", 1, "{\"Objects\":[]}\n");
    assertThat(run("sluice-files\n", "destroy", new String[] {"files"}).exitCode()).isZero();
  }

  @Test
  void whatCameMeanwhileIsRemovedInAnotherAttempt() throws Exception {
    stackWithBuckets("false");
    answer("list-object-versions", 1, "{\"Objects\":[]}\n");
    failure("stack-delete-complete", 1, "");
    command(
        "aws",
        Files.readString(folder.resolve("bin/aws"))
            .replace("operation=$2", "operation=$2; [ \"$2\" != wait ] || operation=$3"));
    failure("stack-delete-complete", 1, "Waiter StackDeleteComplete failed\n");
    answer("stack-delete-complete", 2, "");

    Run run = run("destroy", "files", "--yes");

    assertThat(run.exitCode()).isZero();
    assertThat(calls()).filteredOn(call -> call.contains("delete-stack")).hasSize(2);

    Files.writeString(calls, "");
    Files.delete(folder.resolve("answers/stack-delete-complete.turn"));
    Files.delete(folder.resolve("answers/stack-delete-complete.2"));
    answer("describe-stack-events", 1, "Uploads\tThe bucket is not empty\n");
    Run failed = run("destroy", "files", "--yes");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.errors()).contains("after 3 attempts", "The bucket is not empty");
  }

  @Test
  void nobodyWaitsForARemovalThatWasRefused() throws Exception {
    stackWithBuckets("true");
    failure("delete-stack", 1, "AccessDenied\n");

    Run run = run("destroy", "files", "--yes");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).contains("AccessDenied");
    assertThat(calls()).noneMatch(call -> call.contains(" wait "));
  }

  @Test
  void anObjectThatCannotBeRemovedEndsIt() throws Exception {
    stackWithBuckets("false");
    answer("list-object-versions", 1, "{\"Objects\":[{\"Key\":\"a\",\"VersionId\":\"1\"}]}\n");
    answer("delete-objects", 1, "{\"Errors\":[{\"Code\":\"AccessDenied\"}]}\n");

    Run run = run("destroy", "files", "--yes");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).contains("AccessDenied");
    assertThat(calls()).noneMatch(call -> call.contains("delete-stack"));
  }

  /** What Terraform starts before it removes a stack. */
  @Test
  void theBucketsOfAStackAreEmptiedByItsName() throws Exception {
    stackWithBuckets("false");
    answer("list-object-versions", 1, "{\"Objects\":[]}\n");

    Run run = run("empty-stack", "sluice-files");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("my-uploads: 0 versions", "my-output: 0 versions");
    stackWithBuckets("true");
    assertThat(run("empty-stack", "sluice-files").out()).isEmpty();
  }

  @Test
  void aBucketThatIsGoneIsEmpty() throws Exception {
    failure("list-object-versions", 1, "An error occurred (NoSuchBucket)\n");

    Run run = run("empty-bucket", "gone");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("gone: 0 versions removed");
  }
}
