package dev.sluice.enricher.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A regular expression that takes time proportional to the text for each of its instructions,
 * whatever either looks like: all ways through it are followed at once, character by character.
 * Immutable.
 *
 * @see <a href="https://swtch.com/~rsc/regexp/regexp2.html">Russ Cox, the virtual machine
 *     approach</a>
 */
final class LinearRegex {
  /** Instructions of one expression, repetitions written out. */
  static final int MAX_INSTRUCTIONS = 10_000;

  private enum Op {
    CHAR,
    SPLIT,
    BEGIN,
    END,
    MATCH
  }

  /**
   * One step; {@code next} follows it, {@code other} follows a SPLIT too.
   *
   * @param chars what a CHAR takes
   */
  private record Instruction(Op op, IntPredicate chars, int next, int other) {}

  private final List<Instruction> program = new ArrayList<>();

  private LinearRegex() {}

  /**
   * @throws IllegalArgumentException naming the character that is wrong or beyond the subset
   */
  static LinearRegex compile(String expression) {
    RegexTree tree = RegexTree.parse(expression);
    var regex = new LinearRegex();
    regex.emit(tree);
    regex.add(Op.MATCH, null, 0);
    return regex;
  }

  private void add(Op op, IntPredicate chars, int other) {
    if (program.size() >= MAX_INSTRUCTIONS) {
      throw new IllegalArgumentException("needs more than " + MAX_INSTRUCTIONS + " steps");
    }
    program.add(new Instruction(op, chars, program.size() + 1, other));
  }

  private void emit(RegexTree tree) {
    if (tree instanceof RegexTree.Chars leaf) {
      add(Op.CHAR, leaf.chars(), 0);
    } else if (tree instanceof RegexTree.Anchor anchor) {
      add(anchor.begin() ? Op.BEGIN : Op.END, null, 0);
    } else if (tree instanceof RegexTree.Sequence sequence) {
      sequence.parts().forEach(this::emit);
    } else if (tree instanceof RegexTree.Choice choice) {
      emitChoice(choice.parts(), 0);
    } else if (tree instanceof RegexTree.Repeat repeat) {
      emitRepeat(repeat);
    }
  }

  /** The choice from part {@code first} on: either that part, or the choice of those after it. */
  private void emitChoice(List<RegexTree> parts, int first) {
    if (first == parts.size() - 1) {
      emit(parts.get(first));
      return;
    }
    int split = program.size();
    add(Op.SPLIT, null, 0);
    emit(parts.get(first));
    int jump = program.size();
    add(Op.SPLIT, null, 0);
    branch(split, split + 1, program.size());
    emitChoice(parts, first + 1);
    branch(jump, program.size(), program.size());
  }

  private void emitRepeat(RegexTree.Repeat repeat) {
    for (int i = 0; i < repeat.min(); i++) {
      emit(repeat.body());
    }
    if (repeat.max() == RegexTree.UNBOUNDED) {
      int split = program.size();
      add(Op.SPLIT, null, 0);
      emit(repeat.body());
      int back = program.size();
      add(Op.SPLIT, null, 0);
      branch(back, split, split);
      branch(split, split + 1, program.size());
      return;
    }
    for (int i = repeat.min(); i < repeat.max(); i++) {
      int split = program.size();
      add(Op.SPLIT, null, 0);
      emit(repeat.body());
      branch(split, split + 1, program.size());
    }
  }

  private void branch(int at, int next, int other) {
    program.set(at, new Instruction(Op.SPLIT, null, next, other));
  }

  /** Whether the expression fits anywhere in the text; anchors tie it to its ends. */
  boolean isIn(String text) {
    var present = new Threads(program.size());
    var following = new Threads(program.size());
    int i = 0;
    while (true) {
      if (follow(present, 0, i, text.length())) {
        return true;
      }
      if (i == text.length()) {
        return false;
      }
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      following.clear();
      for (int k = 0; k < present.count; k++) {
        Instruction instruction = program.get(present.list[k]);
        if (instruction.op == Op.CHAR
            && instruction.chars.test(c)
            && follow(following, instruction.next, i, text.length())) {
          return true;
        }
      }
      Threads swap = present;
      present = following;
      following = swap;
    }
  }

  /** Adds an instruction and all that follows without a character; true when that is a match. */
  private boolean follow(Threads threads, int start, int at, int end) {
    threads.pending[0] = start;
    int pending = 1;
    while (pending > 0) {
      int index = threads.pending[--pending];
      if (!threads.add(index)) {
        continue;
      }
      Instruction instruction = program.get(index);
      switch (instruction.op) {
        case MATCH -> {
          return true;
        }
        case SPLIT -> {
          threads.pending[pending++] = instruction.other;
          threads.pending[pending++] = instruction.next;
        }
        case BEGIN -> pending = push(threads, pending, at == 0, instruction.next);
        case END -> pending = push(threads, pending, at == end, instruction.next);
        case CHAR -> {
          // waits for a character
        }
      }
    }
    return false;
  }

  private static int push(Threads threads, int pending, boolean holds, int next) {
    if (holds) {
      threads.pending[pending] = next;
      return pending + 1;
    }
    return pending;
  }

  /** Where the ways through the program stand. */
  private static final class Threads {
    private final int[] list;
    private final boolean[] listed;
    private final int[] pending;
    private int count;

    Threads(int size) {
      list = new int[size];
      listed = new boolean[size];
      pending = new int[2 * size + 2]; // each instruction pushes at most two, once
    }

    boolean add(int index) {
      if (listed[index]) {
        return false;
      }
      listed[index] = true;
      list[count++] = index;
      return true;
    }

    void clear() {
      for (int i = 0; i < count; i++) {
        listed[list[i]] = false;
      }
      count = 0;
    }
  }
}
