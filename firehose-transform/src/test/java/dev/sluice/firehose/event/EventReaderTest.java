package dev.sluice.firehose.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
  private static final long SEED = 4;
  private static final int MUTATIONS = 60_000;

  private static final String DIRECT_PUT =
      """
      {"invocationId": "inv-1", "deliveryStreamArn": "arn:aws:firehose:eu-west-1:1:deliverystream/logs",
       "region": "eu-west-1", "records": [
         {"recordId": "r0", "approximateArrivalTimestamp": 1495072949453, "data": "aGkgdGhlcmUsIGhvdyBhcmUgeW91Pw=="},
         {"recordId": "r1", "approximateArrivalTimestamp": 1495072949453, "data": ""}]}
      """;
  private static final String FROM_KINESIS =
      """
      {"invocationId":"inv-2","sourceKinesisStreamArn":"arn:aws:kinesis:eu-west-1:1:stream/raw",\
      "deliveryStreamArn":"arn:aws:firehose:eu-west-1:1:deliverystream/logs","region":"eu-west-1",\
      "records":[{"data":"aGk=","recordId":"r0","approximateArrivalTimestamp":1,\
      "kinesisRecordMetadata":{"sequenceNumber":"49","subsequenceNumber":7,"partitionKey":"p",\
      "shardId":"shardId-000000000000","approximateArrivalTimestamp":1}},\
      {"recordId":"r1","approximateArrivalTimestamp":2,"data":"aG8=","kinesisRecordMetadata":\
      {"sequenceNumber":"50","subsequenceNumber":"","partitionKey":"q","shardId":"s"}}]}""";

  /** Records alike but for their values, which is where the scanner takes its short way. */
  private static final String ALIKE =
      eventOf(
          6,
          i ->
              ("{\"recordId\":\"r%d\",\"approximateArrivalTimestamp\":%d, \"data\":"
                      + "\"%s\",\"kinesisRecordMetadata\":{\"shardId\":\"s\","
                      + "\"subsequenceNumber\":%d}}")
                  .formatted(i, 10 * i, "aGkgaGk=".repeat(i), i));

  /** Values as long as those of Firehose, which are compared by words. */
  private static final String LONG_VALUES =
      eventOf(
          5,
          i ->
              ("{\"recordId\":\"4954698668313554428650745793632162567570019247%06d\","
                      + "\"approximateArrivalTimestamp\":149507294%04d,\"data\":\"%s\"}")
                  .formatted(
                      i, 1000 * i, Base64.getEncoder().encodeToString(new byte[40 + 7 * i])));

  /** The same behind the data too. */
  private static final String LONG_VALUES_FROM_KINESIS =
      eventOf(
          5,
          i ->
              ("{\"recordId\":\"4954698668313554428650745793632162567570019247%06d\","
                      + "\"data\":\"%s\",\"approximateArrivalTimestamp\":1495072949453,"
                      + "\"kinesisRecordMetadata\":{\"sequenceNumber\":\"%056d\","
                      + "\"subsequenceNumber\":%d,\"partitionKey\":\"key-%d\","
                      + "\"shardId\":\"shardId-%012d\"}}")
                  .formatted(i, "aGkgaGk=".repeat(i), 10_000 + i, 10 + i, i / 4 * 1234, i % 2));

  private static String eventOf(int records, IntFunction<String> record) {
    return IntStream.range(0, records)
        .mapToObj(record)
        .collect(Collectors.joining(",", "{\"records\":[", "]}"));
  }

  private static final List<String> USUAL =
      List.of(DIRECT_PUT, FROM_KINESIS, ALIKE, LONG_VALUES, LONG_VALUES_FROM_KINESIS);

  private final EventReader reader = new EventReader();

  @Test
  void readsADirectPut() throws IOException {
    FirehoseEvent event = read(DIRECT_PUT);

    assertThat(event.isKnown()).isTrue();
    assertThat(event.invocationId()).isEqualTo("inv-1");
    assertThat(event.deliveryStreamName()).isEqualTo("logs");
    assertThat(event.region()).isEqualTo("eu-west-1");
    assertThat(event.hasKinesisSource()).isFalse();
    assertThat(records(event))
        .containsExactly("r0 aGkgdGhlcmUsIGhvdyBhcmUgeW91Pw== - - - -", "r1  - - - -");
  }

  @Test
  void readsWhatComesFromAStream() throws IOException {
    FirehoseEvent event = read(FROM_KINESIS);

    assertThat(event.hasKinesisSource()).isTrue();
    assertThat(event.sourceKinesisStreamName()).isEqualTo("raw");
    assertThat(records(event))
        .containsExactly("r0 aGk= shardId-000000000000 p 49 7", "r1 aG8= s q 50 ");
  }

  /** Also where nothing is known of the records before, and of those of the event before. */
  @Test
  void metadataStaysWithItsRecord() throws IOException {
    read(FROM_KINESIS);
    String plain = "{\"recordId\":\"%d\",\"data\":\"aGk=\"}";
    String withShard =
        "{\"recordId\":\"%d\",\"data\":\"aGk=\",\"kinesisRecordMetadata\":{\"shardId\":\"s%<d\"}}";
    for (int records : new int[] {9, 3_000}) {
      FirehoseEvent event =
          read(eventOf(records, i -> (i % 5 == 3 ? withShard : plain).formatted(i)));
      List<String> expected =
          IntStream.range(0, records)
              .mapToObj(i -> i + " aGk= " + (i % 5 == 3 ? "s" + i : "-") + " - - -")
              .toList();
      assertThat(records(event)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "\"7\""})
  void takesASubSequenceNumberAsNumberOrText(String number) throws IOException {
    FirehoseEvent event = read(FROM_KINESIS.replace("Number\":7", "Number\":" + number));
    assertThat(event.string(0, RecordField.SUB_SEQUENCE_NUMBER)).isEqualTo("7");
  }

  @Test
  void takesUnknownKeysEscapesAndValuesOfTheWrongKind() throws IOException {
    FirehoseEvent event =
        read(
            """
            {"new":{"a":[1,{}]},"records":[
              {"x":[],"recordId":"a\\"\\u00e9","data":"aG\\/\\u0041","kinesisRecordMetadata":null},
              {"recordId":"b","data":5,"kinesisRecordMetadata":{"subsequenceNumber":1.5,"z":0}}],
             "region":1}""");

    assertThat(records(event)).containsExactly("a\\\"é aG/A - - - -", "b - - - - -");
    assertThat(event.region()).isEmpty();
  }

  @Test
  void setsElementsWithoutAnIdAside() throws IOException {
    FirehoseEvent event =
        read("{\"records\":[{\"data\":\"\"},7,null,{\"recordId\":3},{\"recordId\":\"a\"}]}");
    assertThat(records(event)).containsExactly("a - - - - -");
    assertThat(event.recordsWithoutId()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "7", "[]", "{", "{}", "{\"records\":{}}", "{\"records\":[{]}", "\u0000"})
  void knowsWhatIsNoEvent(String text) throws IOException {
    FirehoseEvent event = read(text);
    assertThat(event.isKnown()).isFalse();
    assertThat(event.records()).isZero();
  }

  @Test
  void keepsNothingOfTheEventBefore() throws IOException {
    read(FROM_KINESIS);
    FirehoseEvent event = read("{\"records\":[{\"recordId\":\"z\"}]}");
    assertThat(records(event)).containsExactly("z - - - - -");
    assertThat(event.hasKinesisSource()).isFalse();
    assertThat(event.deliveryStreamName()).isEmpty();
  }

  @Test
  void refusesAnEventBeyondAllBounds() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            return length;
          }
        };
    assertThatThrownBy(() -> reader.read(endless)).isInstanceOf(IOException.class);
  }

  @Test
  void refusesAnArrayBeyondAllBounds() {
    byte[] zeros = new byte[EventReader.MAX_EVENT_BYTES + 1];
    for (InputStream in :
        List.of(
            new ByteArrayInputStream(zeros),
            new InPieces(zeros),
            new BufferedInputStream(new ByteArrayInputStream(zeros)))) {
      assertThatThrownBy(() -> reader.read(in)).isInstanceOf(IOException.class);
    }
  }

  /** However the bytes come: in an array of their own, in a part of one, in pieces. */
  @Test
  void readsTheSameFromAllStreams() throws IOException {
    for (String usual : USUAL) {
      byte[] json = usual.getBytes(UTF_8);
      List<String> expected = everything(reader.read(new ByteArrayInputStream(json)));
      byte[] padded = ("{" + usual + "}").getBytes(UTF_8);
      var part = new ByteArrayInputStream(padded, 1, json.length);
      assertThat(everything(reader.read(part))).isEqualTo(expected);
      var other = new BufferedInputStream(new ByteArrayInputStream(json));
      assertThat(everything(reader.read(other))).isEqualTo(expected);
      assertThat(everything(reader.read(new InPieces(json)))).isEqualTo(expected);
      assertThat(everything(reader.read(new ByteArrayInputStream(json)))).isEqualTo(expected);
    }
  }

  @Test
  void readsAnEventThatIsLargerThanAllBefore() throws IOException {
    String data = "aGkgaGk=".repeat(300_000);
    byte[] json =
        ("{\"records\":[{\"recordId\":\"r\",\"data\":\"" + data + "\"}]}").getBytes(UTF_8);
    for (InputStream in :
        List.of(
            new InPieces(json),
            new BufferedInputStream(new ByteArrayInputStream(json)),
            new ByteArrayInputStream(json))) {
      assertThat(records(new EventReader().read(in))).containsExactly("r " + data + " - - - -");
    }
  }

  @Test
  void letsGoOfWhatItRead() throws IOException {
    FirehoseEvent event = read(FROM_KINESIS);
    reader.letGo();
    assertThat(event.isKnown()).isFalse();
    assertThat(event.records()).isZero();
    assertThat(event.text()).isEmpty();
  }

  /** As JDK 23 and later do: they lend their arrays to nobody. */
  private static final class InPieces extends ByteArrayInputStream {
    InPieces(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized long transferTo(OutputStream out) throws IOException {
      int all = available();
      byte[] piece = new byte[100];
      for (int read = read(piece); read > 0; read = read(piece)) {
        out.write(piece, 0, read);
        Arrays.fill(piece, (byte) 0);
      }
      return all;
    }
  }

  /** What the scanner takes, the parser takes too, and both find the same in it. */
  @Test
  void bothReadersAgreeOnMutatedEvents() {
    var random = new Random(SEED);
    int scanned = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] json = mutated(USUAL.get(random.nextInt(USUAL.size())), random);
      var fast = new FirehoseEvent();
      if (new EventScanner().scan(json, json.length, fast)) {
        scanned++;
        var slow = new FirehoseEvent();
        String text = new String(json, UTF_8);
        assertThat(new EventParser().parse(json, json.length, slow)).as(text).isTrue();
        assertThat(everything(fast)).as(text).isEqualTo(everything(slow));
      }
    }
    assertThat(scanned).isGreaterThan(MUTATIONS / 20);
  }

  @Test
  void theScannerKnowsTheUsualShapes() {
    for (String usual : USUAL) {
      byte[] json = usual.getBytes(UTF_8);
      assertThat(new EventScanner().scan(json, json.length, new FirehoseEvent())).isTrue();
    }
  }

  private static byte[] mutated(String event, Random random) {
    var text = new StringBuilder(event);
    String pieces = "{}[]\":,0179eE.-+\\ \n\t\u007f\u00e9aG=";
    for (int n = random.nextInt(3); n >= 0; n--) {
      int at = random.nextInt(text.length());
      int to = Math.min(text.length(), at + 1 + random.nextInt(6));
      char piece = pieces.charAt(random.nextInt(pieces.length()));
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, piece);
        case 1 -> text.insert(at, piece);
        case 2 -> text.delete(at, to);
        default -> text.insert(random.nextInt(text.length()), text.substring(at, to));
      }
    }
    return text.toString().getBytes(UTF_8);
  }

  private FirehoseEvent read(String json) throws IOException {
    return reader.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
  }

  private static List<String> everything(FirehoseEvent event) {
    List<String> all = records(event);
    long ids = 0;
    long data = 0;
    for (int i = 0; i < event.records(); i++) {
      ids += event.length(i, RecordField.ID);
      data += event.length(i, RecordField.DATA);
    }
    assertThat(event.idBytes()).isEqualTo(ids);
    assertThat(event.dataBytes()).isEqualTo(data);
    all.add(
        String.join(
            " ",
            event.invocationId(),
            event.deliveryStreamArn(),
            event.region(),
            event.sourceKinesisStreamArn(),
            event.isKnown() + "/" + event.recordsWithoutId()));
    return all;
  }

  private static List<String> records(FirehoseEvent event) {
    var records = new ArrayList<String>();
    for (int i = 0; i < event.records(); i++) {
      var fields = new ArrayList<String>();
      for (RecordField field : RecordField.values()) {
        fields.add(event.has(i, field) ? event.string(i, field) : "-");
      }
      records.add(String.join(" ", fields));
    }
    return records;
  }
}
