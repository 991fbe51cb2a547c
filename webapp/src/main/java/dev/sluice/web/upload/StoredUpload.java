package dev.sluice.web.upload;

import java.util.Optional;

/**
 * A file that S3 has whole.
 *
 * @param eTag without quotes
 * @param versionId empty in a bucket without versions
 */
record StoredUpload(String name, long bytes, String eTag, Optional<String> versionId) {}
