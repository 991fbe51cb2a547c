package dev.sluice.deploy;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnMapping;

/** Sizes of Fargate's tasks, and time-outs of functions behind queues: what templates look up. */
final class Sizes {
  static final String MAP = "TaskSizes";
  static final String CPU = "Cpu";
  static final String MEMORY = "Memory";
  static final String TIMEOUTS = "Timeouts";
  static final String VISIBILITY = "Visibility";

  /** A message must not come again while its invocation may still run and be tried again. */
  private static final int VISIBILITY_FACTOR = 6;

  private static final int[] TIMEOUTS_OF_FUNCTIONS = {30, 60, 120, 300, 900};

  private Sizes() {}

  static void mapping(SluiceStack stack) {
    var sizes = new LinkedHashMap<String, Map<String, Object>>();
    sizes.put("0.5-1", size(512, 1024));
    sizes.put("1-2", size(1024, 2048));
    sizes.put("2-4", size(2048, 4096));
    sizes.put("4-8", size(4096, 8192));
    CfnMapping.Builder.create(stack, MAP).mapping(sizes).build();
  }

  private static Map<String, Object> size(int cpu, int memory) {
    var size = new LinkedHashMap<String, Object>();
    size.put(CPU, Integer.toString(cpu));
    size.put(MEMORY, Integer.toString(memory));
    return size;
  }

  static String architecture(SluiceStack stack, String id) {
    return Parameter.text(stack, id + "Architecture", "What the image was built for.")
        .oneOf("ARM64", "X86_64")
        .defaultsTo("ARM64")
        .create()
        .getValueAsString();
  }

  /** Keeps a service of AWS from being led to use a role for another account. */
  static Map<String, Object> ofThisAccount() {
    return Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID));
  }

  /** Visibility of a queue's messages by the time-out of the function that reads it. */
  static void timeouts(SluiceStack stack) {
    var timeouts = new LinkedHashMap<String, Map<String, Object>>();
    for (int seconds : TIMEOUTS_OF_FUNCTIONS) {
      timeouts.put(Integer.toString(seconds), Map.of(VISIBILITY, seconds * VISIBILITY_FACTOR));
    }
    CfnMapping.Builder.create(stack, TIMEOUTS).mapping(timeouts).build();
  }

  static String[] timeoutChoices() {
    String[] choices = new String[TIMEOUTS_OF_FUNCTIONS.length];
    for (int i = 0; i < choices.length; i++) {
      choices[i] = Integer.toString(TIMEOUTS_OF_FUNCTIONS[i]);
    }
    return choices;
  }
}
