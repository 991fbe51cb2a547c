package dev.sluice.deploy;

import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.services.dynamodb.CfnTable;
import software.amazon.awscdk.services.kinesis.CfnStream;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.sqs.CfnQueue;
import software.constructs.Construct;

/** Tweets: the stream, the function, the table, photos in a bucket. */
final class TweetsStack extends SluiceStack {
  static final String NAME = "sluice-tweets";

  TweetsStack(Construct scope) {
    super(scope, NAME, "Sluice: tweets of a Kinesis stream into DynamoDB, photos into S3.");
    var parameters = new FunctionParameters(this, "functions-tweets.zip", 512);
    var streams = new StreamParameters(this);
    CfnParameter photoHosts =
        Parameter.text(this, "PhotoHosts", "Hosts that photos are fetched from.")
            .matching("[a-z0-9.-]+(,[a-z0-9.-]+)*", "names of hosts, separated by commas")
            .defaultsTo("pbs.twimg.com")
            .create();
    CfnParameter timeout =
        Parameter.number(this, "Timeout", "Seconds that an invocation may take.")
            .between(60, 900)
            .defaultsTo(120)
            .create();
    var mappings = new StreamMappings(this, 100);

    CfnStream stream = streams.create("Stream");
    CfnTable tweets = Tables.table(this, "Tweets").hash("tweet_id", "S").create();
    keepData(tweets, "Retain");
    CfnBucket media = Buckets.of(this, "Media", false);
    CfnQueue noMessages = Queues.deadLetters(this, "NoMessages");
    CfnQueue givenUp = Queues.deadLetters(this, "GivenUp");

    var function =
        new JavaFunction(
            this,
            parameters,
            new JavaFunction.Plan(
                    "Function",
                    "dev.sluice.tweets.TweetsHandler::handleRequest",
                    "Stores tweets and their photos.")
                .within(timeout.getValueAsNumber())
                .set("TWEET_TABLE", tweets.getRef())
                .set("MEDIA_BUCKET", media.getRef())
                .set("PHOTO_HOSTS", photoHosts.getValueAsString())
                .set("DEAD_LETTER_QUEUE_URL", noMessages.getRef())
                .may(
                    Statement.allow("KeepTweets", "dynamodb:PutItem", "dynamodb:GetItem")
                        .on(tweets.getAttrArn()),
                    Statement.allow("KeepPhotos", "s3:PutObject", "s3:DeleteObject")
                        .on(SluiceStack.under(media, "/media/*"))
                        .because("Photos have the names that tweets give them."),
                    Statement.allow("FindPhotos", "s3:ListBucket").on(media.getAttrArn()),
                    Queues.sending("TellWhatIsNoMessage", noMessages),
                    StreamMappings.readingKinesis(stream.getAttrArn()),
                    Queues.sending("TellWhatWasGivenUp", givenUp)));
    mappings.builder(this, "Mapping", stream.getAttrArn(), function.target(), givenUp).build();

    output("SourceStreamName", stream.getRef());
    output("FunctionName", function.name());
    output("TweetTable", tweets.getRef());
    output("MediaBucket", media.getRef());
    output("NoMessagesQueue", noMessages.getAttrQueueName());
    output("GivenUpQueue", givenUp.getAttrQueueName());
  }
}
