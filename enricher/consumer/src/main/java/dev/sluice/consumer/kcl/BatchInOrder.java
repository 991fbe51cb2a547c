package dev.sluice.consumer.kcl;

import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * The records of a batch in the order of their shard, which spares KCL most of its look at them.
 *
 * <p>KCL walks through a batch by {@link #listIterator()} and parses each record's number of 56
 * digits four times, a tenth of a consumer's processor time, to learn two things: which records lie
 * at or before the checkpoint, these it removes, and which number is the highest
 * (ProcessTask.filterAndGetMaxExtendedSequenceNumber). In a batch that is in order the first record
 * that is not removed answers the first question for all behind it, and the last record the second.
 * So that iterator goes from the one to the other. All other ways to look at the list show all of
 * it.
 */
final class BatchInOrder extends ArrayList<KinesisClientRecord> {
  private static final long serialVersionUID = 1L; // nobody writes one

  private BatchInOrder(List<KinesisClientRecord> records) {
    super(records);
  }

  /** The same records; as they are if they are not in order, so that KCL looks at each of them. */
  static List<KinesisClientRecord> of(List<KinesisClientRecord> records) {
    for (int i = 1; i < records.size(); i++) {
      if (!isBefore(records.get(i - 1), records.get(i))) {
        return records;
      }
    }
    return new BatchInOrder(records);
  }

  /** Both numbers are decimal without leading zeros: the longer one is the larger. */
  private static boolean isBefore(KinesisClientRecord left, KinesisClientRecord right) {
    String leftNumber = left.sequenceNumber();
    String rightNumber = right.sequenceNumber();
    if (leftNumber.length() != rightNumber.length()) {
      return leftNumber.length() < rightNumber.length();
    }
    int byNumber = leftNumber.compareTo(rightNumber);
    return byNumber != 0 ? byNumber < 0 : left.subSequenceNumber() < right.subSequenceNumber();
  }

  @Override
  public ListIterator<KinesisClientRecord> listIterator() {
    return new FirstKeptAndLast();
  }

  /** Forward only, as KCL goes; after an element that is not removed comes the last one. */
  private final class FirstKeptAndLast implements ListIterator<KinesisClientRecord> {
    private ListIterator<KinesisClientRecord> all = listIterator(0);
    private boolean kept;

    @Override
    public boolean hasNext() {
      return all.hasNext();
    }

    @Override
    public KinesisClientRecord next() {
      if (kept && all.nextIndex() < size() - 1) {
        all = listIterator(size() - 1);
      }
      kept = true;
      return all.next();
    }

    @Override
    public void remove() {
      all.remove();
      kept = false;
    }

    @Override
    public int nextIndex() {
      return all.nextIndex();
    }

    @Override
    public int previousIndex() {
      return all.previousIndex();
    }

    @Override
    public boolean hasPrevious() {
      throw forwardOnly();
    }

    @Override
    public KinesisClientRecord previous() {
      throw forwardOnly();
    }

    @Override
    public void set(KinesisClientRecord other) {
      throw forwardOnly();
    }

    @Override
    public void add(KinesisClientRecord other) {
      throw forwardOnly();
    }

    private UnsupportedOperationException forwardOnly() {
      return new UnsupportedOperationException("this iterator goes forward and removes");
    }
  }
}
