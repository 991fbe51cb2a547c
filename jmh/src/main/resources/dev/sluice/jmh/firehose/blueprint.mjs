// A Firehose transformation in the shape of AWS's blueprint for Apache logs: decode, one regular
// expression, JSON, encode. No place, no browser, no page.
//
//   node blueprint.mjs answer EVENT                              writes the response to standard output
//   node blueprint.mjs measure EVENT WARMUP_MS ITERATIONS MS     writes events a second as JSON
//
// Bytes in, bytes out: the Lambda runtime for Node parses the event and serialises the response too.

import { readFileSync } from 'node:fs';

const COMBINED =
  /^(\S+) (\S+) (.+?) \[([\w:/]+\s[+-]\d{4})\] "(.*?)" (\d{3}) (\d+|-) "(.*?)" "(.*?)"$/;

const unlessDash = (value) => (value === '-' ? undefined : value);

function handler(event) {
  const records = event.records.map((record) => {
    const line = Buffer.from(record.data, 'base64').toString('utf8');
    const match = COMBINED.exec(line);
    if (!match) {
      return { recordId: record.recordId, result: 'ProcessingFailed', data: record.data };
    }
    const json = JSON.stringify({
      host: match[1],
      datetime: match[4],
      request: match[5],
      response: match[6],
      bytes: unlessDash(match[7]),
      referer: unlessDash(match[8]),
      agent: unlessDash(match[9]),
    });
    const data = Buffer.from(json + '\n', 'utf8').toString('base64');
    return { recordId: record.recordId, result: 'Ok', data };
  });
  return { records };
}

function answer(bytes) {
  return Buffer.from(JSON.stringify(handler(JSON.parse(bytes.toString('utf8')))), 'utf8');
}

// Of the whole process, garbage collection and compilation included, in milliseconds.
function cpuMillis() {
  const usage = process.cpuUsage();
  return (usage.user + usage.system) / 1000;
}

function measure(bytes, warmupMillis, iterations, millis) {
  for (const start = cpuMillis(); cpuMillis() - start < warmupMillis; ) {
    answer(bytes);
  }
  const perCpuSecond = [];
  const perElapsedSecond = [];
  for (let i = 0; i < iterations; i++) {
    const cpu = cpuMillis();
    const start = performance.now();
    let events = 0;
    while (performance.now() - start < millis) {
      answer(bytes);
      events++;
    }
    perElapsedSecond.push((events * 1000) / (performance.now() - start));
    perCpuSecond.push((events * 1000) / (cpuMillis() - cpu));
  }
  return { perCpuSecond, perElapsedSecond };
}

const [task, file, ...numbers] = process.argv.slice(2);
const event = readFileSync(file);
if (task === 'answer') {
  process.stdout.write(answer(event));
} else {
  process.stdout.write(JSON.stringify(measure(event, ...numbers.map(Number))));
}
