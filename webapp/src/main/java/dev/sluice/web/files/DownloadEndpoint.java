package dev.sluice.web.files;

import dev.sluice.web.http.Endpoint;
import dev.sluice.web.http.Exchange;
import dev.sluice.web.http.RefusedException;
import java.io.IOException;
import java.io.OutputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * {@code GET /api/download?name=...&upload=...&what=output|rejects}: what a file was made into,
 * gzipped JSON lines, as an attachment that no browser shows or sniffs at.
 */
public final class DownloadEndpoint implements Endpoint {

  private static final int BUFFER_BYTES = 64 << 10;

  private final FileTable table;
  private final OutputBucket output;

  public DownloadEndpoint(FileTable table, OutputBucket output) {
    this.table = table;
    this.output = output;
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    String name = exchange.required("name");
    StoredFile file =
        table
            .find(name, exchange.required("upload"))
            .orElseThrow(() -> RefusedException.notFound("Nothing is known of this file."));
    String what = exchange.required("what");
    var object =
        switch (what) {
          case "output" -> output.open(file, file.outputKey());
          case "rejects" -> output.open(file, file.rejectsKey());
          default -> throw RefusedException.badRequest("There are output and rejects to download.");
        };
    String ending = what.equals("output") ? ".enriched.ndjson.gz" : ".rejects.ndjson.gz";
    exchange.putHeader("Content-Disposition", AttachmentName.header(name + ending));
    stream(object, exchange);
  }

  private static void stream(ResponseInputStream<GetObjectResponse> object, Exchange exchange)
      throws IOException {
    boolean whole = false;
    try {
      OutputStream answer = exchange.stream("application/gzip", object.response().contentLength());
      byte[] buffer = new byte[BUFFER_BYTES];
      int read;
      while ((read = object.read(buffer)) >= 0) {
        answer.write(buffer, 0, read);
      }
      answer.close();
      whole = true;
    } finally {
      if (whole) {
        object.close();
      } else {
        object.abort(); // closing would read the rest of the object
      }
    }
  }
}
