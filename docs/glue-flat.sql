-- A table over the enriched lines of profile flat, for Athena and Glue. Replace the location.
-- dt and hr are the folders that the consumer writes; fill them by partition projection or
-- MSCK REPAIR TABLE. Columns of groups that are switched off stay null.
CREATE EXTERNAL TABLE IF NOT EXISTS `access_log` (
  `host` string,
  `datetime` string,
  `request` string,
  `response` string,
  `bytes` string,
  `referer` string,
  `agent` string,
  `city` string,
  `country` string,
  `location` struct<lat:double,lon:double>,
  `asn` string,
  `as_organization` string,
  `os` string,
  `browser` string,
  `device_type` string,
  `webpage` string,
  `refering_page` string,
  `host_name` string,
  `reference` map<string,string>,
  `timestamp` string,
  `epoch_millis` bigint,
  `method` string,
  `path` string,
  `query` string,
  `protocol` string,
  `status_class` string,
  `is_bot` boolean,
  `identity` string,
  `user` string,
  `undecoded` array<string>,
  `quality` string,
  `warnings` array<string>,
  `enrichment_errors` array<string>,
  `event_id` string,
  `tags` map<string,string>,
  `schema_version` bigint
)
PARTITIONED BY (`dt` string, `hr` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
WITH SERDEPROPERTIES ('ignore.malformed.json' = 'false')
STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://BUCKET/PREFIX/APPLICATION/STREAM/';
