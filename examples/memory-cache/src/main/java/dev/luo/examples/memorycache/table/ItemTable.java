// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A cache of items, least recently used first out, that lives in memory given to it and nowhere
 * else.
 *
 * <p>{@link #create} makes a new one in memory that reads as zeros; {@link #open} finds the one
 * that an earlier process left. In between nothing needs to be saved, because this object holds no
 * state of its own. Closing is the business of whoever owns the memory.
 *
 * <p>Not thread-safe: one thread owns the table at a time. Expiry is in seconds of the wall clock.
 */
public final class ItemTable {
  /** The most bytes a value has unless another limit is given: one MiB, as in memcached. */
  public static final int DEFAULT_ITEM_LIMIT = 1 << 20;

  private final InstantSource clock;
  private final Layout layout;
  private final BlockHeap heap;
  private final Items items;
  private final Index index;
  private final Recency recency;

  private ItemTable(Layout layout, InstantSource clock) {
    this.clock = clock;
    this.layout = layout;
    this.heap = new BlockHeap(layout);
    this.items = new Items(layout);
    this.index = new Index(layout, items);
    this.recency = new Recency(layout);
  }

  /**
   * Makes an empty table that fills the memory.
   *
   * @param memory native, writable, all zeros; pages that are not needed are not touched
   * @param itemLimit the most bytes a value may have
   * @throws IllegalArgumentException if the memory is too small or holds something
   */
  public static ItemTable create(MemorySegment memory, int itemLimit, InstantSource clock) {
    Layout layout = new Layout(memory);
    layout.writeHeader(itemLimit, new SecureRandom().nextLong(), clock.instant().getEpochSecond());
    ItemTable table = new ItemTable(layout, clock);
    table.heap.format();
    return table;
  }

  /**
   * Opens the table that the memory holds. Only the header is read, so this takes the same time for
   * every size; {@link #verify} is there for the rest.
   *
   * @throws InvalidTableException if there is no sound table of this version and size
   */
  public static ItemTable open(MemorySegment memory, InstantSource clock)
      throws InvalidTableException {
    Layout layout = new Layout(memory);
    layout.validateHeader();
    ItemTable table = new ItemTable(layout, clock);
    table.increment(Counter.GENERATION);
    return table;
  }

  /** Returns the item with this key, or null. It counts as used. */
  public @Nullable Item get(Key key) {
    begin();
    long item = findForReading(key);
    end();
    return item == 0 ? null : items.view(item);
  }

  /** Returns the item with this key, or null, and changes its expiry. */
  public @Nullable Item getAndTouch(Key key, long expiry) {
    begin();
    long item = findForReading(key);
    countTouch(item);
    if (item != 0) {
      layout.putLong(item + Items.EXPIRY, expiry);
    }
    end();
    return item == 0 ? null : items.view(item);
  }

  /** Changes the expiry of an item. Returns whether there is one. */
  public boolean touch(Key key, long expiry) {
    begin();
    long item = findLive(key, hash(key));
    countTouch(item);
    if (item != 0) {
      layout.putLong(item + Items.EXPIRY, expiry);
      recency.use(item);
    }
    end();
    return item != 0;
  }

  /** Stores a value, if the condition of the way to store it is met. */
  public Outcome store(Storage way, Key key, NewItem offered) {
    if (offered.value().byteSize() > itemLimit()) {
      return Outcome.TOO_LARGE;
    }
    increment(Counter.CMD_SET);
    begin();
    long hash = hash(key);
    long present = findLive(key, hash);
    Outcome outcome =
        switch (way) {
          case SET -> replace(present, key, hash, offered);
          case ADD -> present == 0 ? replace(present, key, hash, offered) : Outcome.NOT_STORED;
          case REPLACE -> present != 0 ? replace(present, key, hash, offered) : Outcome.NOT_STORED;
          case APPEND, PREPEND ->
              present != 0 ? extend(way, present, key, hash, offered) : Outcome.NOT_STORED;
        };
    end();
    return outcome;
  }

  /** Stores a value if nobody changed the item since its CAS number was read. */
  public Outcome compareAndSet(Key key, long cas, NewItem offered) {
    if (offered.value().byteSize() > itemLimit()) {
      return Outcome.TOO_LARGE;
    }
    increment(Counter.CMD_SET);
    begin();
    long hash = hash(key);
    long present = findLive(key, hash);
    Outcome outcome;
    if (present == 0) {
      increment(Counter.CAS_MISSES);
      outcome = Outcome.NOT_FOUND;
    } else if (layout.longAt(present + Items.CAS) != cas) {
      increment(Counter.CAS_BADVAL);
      outcome = Outcome.EXISTS;
    } else {
      increment(Counter.CAS_HITS);
      outcome = replace(present, key, hash, offered);
    }
    end();
    return outcome;
  }

  /** Removes an item. Returns whether there was one. */
  public boolean delete(Key key) {
    begin();
    long item = findLive(key, hash(key));
    increment(item != 0 ? Counter.DELETE_HITS : Counter.DELETE_MISSES);
    if (item != 0) {
      remove(item);
    }
    end();
    return item != 0;
  }

  /**
   * Removes an item whose successor could not be stored, so that nobody takes the old for the new.
   */
  public void invalidate(Key key) {
    begin();
    long item = findLive(key, hash(key));
    if (item != 0) {
      remove(item);
    }
    end();
  }

  /** Adds to an item that holds a decimal number of 64 bits without sign; it wraps. */
  public Adjustment increment(Key key, long delta) {
    return adjust(key, delta, true);
  }

  /** Subtracts from an item that holds a decimal number; it stops at 0. */
  public Adjustment decrement(Key key, long delta) {
    return adjust(key, delta, false);
  }

  /**
   * Makes all items vanish that are in the table when that second begins, which is at once if it
   * has. Their memory comes back as they are met. A second flush takes the place of one still to
   * come.
   */
  public void flush(long dueSecond) {
    increment(Counter.CMD_FLUSH);
    begin();
    if (dueSecond <= now()) {
      layout.putLong(Layout.AT_FLUSHED_CAS, layout.longAt(Layout.AT_CAS));
      layout.putLong(Layout.AT_FLUSH_DUE, 0);
    } else {
      layout.putLong(Layout.AT_FLUSH_DUE, dueSecond);
    }
    end();
  }

  /**
   * Checks that everything in the table fits together. It reads all items, so it takes its time.
   *
   * @throws InvalidTableException that names the first thing that does not fit
   */
  public void verify() throws InvalidTableException {
    new Verifier(layout, heap, items).verify(index, recency);
  }

  /** Returns how often something happened since the table was created. */
  public long count(Counter counter) {
    return layout.longAt(counter.offset());
  }

  /** Returns how many items there are, those that expired unseen included. */
  public long itemCount() {
    return layout.longAt(Layout.AT_ITEMS);
  }

  /** Returns how many bytes the items take, keys and bookkeeping included. */
  public long itemBytes() {
    return layout.longAt(Layout.AT_ITEM_BYTES);
  }

  /** Returns how many bytes all items together may take. */
  public long capacity() {
    return heap.capacity();
  }

  /** Returns the most bytes a value may have. */
  public int itemLimit() {
    return layout.itemLimit();
  }

  private long findForReading(Key key) {
    increment(Counter.CMD_GET);
    applyDueFlush();
    long item = index.find(key, hash(key));
    if (item != 0 && isExpired(item)) {
      increment(Counter.GET_EXPIRED);
      item = reclaim(item);
    } else if (item != 0 && isFlushed(item)) {
      increment(Counter.GET_FLUSHED);
      item = reclaim(item);
    }
    increment(item != 0 ? Counter.GET_HITS : Counter.GET_MISSES);
    if (item != 0) {
      recency.use(item);
    }
    return item;
  }

  private long findLive(Key key, long hash) {
    applyDueFlush();
    long item = index.find(key, hash);
    return item != 0 && (isExpired(item) || isFlushed(item)) ? reclaim(item) : item;
  }

  /**
   * A flush that was put off is one point in the sequence of changes: whatever came before it goes.
   */
  private void applyDueFlush() {
    long due = layout.longAt(Layout.AT_FLUSH_DUE);
    if (due != 0 && due <= now()) {
      layout.putLong(Layout.AT_FLUSHED_CAS, layout.longAt(Layout.AT_CAS));
      layout.putLong(Layout.AT_FLUSH_DUE, 0);
    }
  }

  private boolean isExpired(long item) {
    long expiry = layout.longAt(item + Items.EXPIRY);
    return expiry != NewItem.NEVER && expiry <= now();
  }

  private boolean isFlushed(long item) {
    return layout.longAt(item + Items.CAS) <= layout.longAt(Layout.AT_FLUSHED_CAS);
  }

  private long reclaim(long item) {
    increment(Counter.RECLAIMED);
    remove(item);
    return 0;
  }

  private Outcome extend(Storage way, long present, Key key, long hash, NewItem added) {
    byte[] old = items.value(present).toArray(ValueLayout.JAVA_BYTE);
    long total = old.length + added.value().byteSize();
    if (total > itemLimit()) {
      return Outcome.TOO_LARGE;
    }
    byte[] joined = new byte[(int) total];
    int oldAt = way == Storage.APPEND ? 0 : (int) added.value().byteSize();
    int addedAt = way == Storage.APPEND ? old.length : 0;
    System.arraycopy(old, 0, joined, oldAt, old.length);
    MemorySegment.copy(
        added.value(), 0, MemorySegment.ofArray(joined), addedAt, added.value().byteSize());
    return replace(present, key, hash, sameBut(present, joined));
  }

  /** Returns the item as it is, with another value. */
  private NewItem sameBut(long present, byte[] value) {
    return new NewItem(
        layout.intAt(present + Items.FLAGS),
        layout.longAt(present + Items.EXPIRY),
        MemorySegment.ofArray(value));
  }

  private Adjustment adjust(Key key, long delta, boolean up) {
    begin();
    long hash = hash(key);
    long item = findLive(key, hash);
    Adjustment result;
    if (item == 0) {
      increment(up ? Counter.INCR_MISSES : Counter.DECR_MISSES);
      result = new Adjustment.NotFound();
    } else {
      increment(up ? Counter.INCR_HITS : Counter.DECR_HITS);
      result = adjustPresent(item, key, hash, delta, up);
    }
    end();
    return result;
  }

  private Adjustment adjustPresent(long item, Key key, long hash, long delta, boolean up) {
    long old;
    try {
      old = Long.parseUnsignedLong(text(item).stripTrailing());
    } catch (NumberFormatException e) {
      return new Adjustment.NotNumeric();
    }
    long value = up ? old + delta : Long.compareUnsigned(old, delta) > 0 ? old - delta : 0;
    byte[] digits = Long.toUnsignedString(value).getBytes(StandardCharsets.US_ASCII);
    MemorySegment place = items.value(item);
    if (digits.length <= place.byteSize()) {
      // As memcached does: the number stays where it is, padded to its old length.
      place.fill((byte) ' ').asSlice(0, digits.length).copyFrom(MemorySegment.ofArray(digits));
      layout.putLong(item + Items.CAS, nextCas());
      recency.use(item);
      return new Adjustment.Adjusted(value);
    }
    return replace(item, key, hash, sameBut(item, digits)) == Outcome.STORED
        ? new Adjustment.Adjusted(value)
        : new Adjustment.OutOfMemory();
  }

  private String text(long item) {
    MemorySegment value = items.value(item);
    // Long.parseUnsignedLong would take a sign; a number too long for 64 bits is none either.
    if (value.byteSize() == 0 || value.get(ValueLayout.JAVA_BYTE, 0) == '+') {
      return "";
    }
    return new String(
        value.asSlice(0, Math.min(value.byteSize(), 64)).toArray(ValueLayout.JAVA_BYTE),
        StandardCharsets.ISO_8859_1);
  }

  /** Puts an item in the place of the one that is there, if one is. */
  private Outcome replace(long present, Key key, long hash, NewItem content) {
    long size = Items.blockSize(key.bytes().length, content.value().byteSize());
    if (size > heap.capacity()) {
      return Outcome.OUT_OF_MEMORY;
    }
    if (present != 0) {
      remove(present);
    }
    long item = heap.find(size);
    if (item == 0) {
      item = evict(size);
    }
    heap.take(item, size);
    items.write(item, key, hash, content);
    layout.putLong(item + Items.CAS, nextCas());
    index.insert(item);
    recency.add(item);
    layout.addLong(Layout.AT_ITEMS, 1);
    layout.addLong(Layout.AT_ITEM_BYTES, heap.size(item));
    increment(Counter.TOTAL_ITEMS);
    return Outcome.STORED;
  }

  /**
   * Makes room: gives up the least recently used item, then its neighbours until the gap is wide
   * enough. Where all items are of one size, that is exactly the least recently used one. Where
   * they are not, one large item costs no more than its own size in small ones, however they lie.
   */
  private long evict(long size) {
    long gap = giveUp(recency.oldest());
    while (heap.size(gap) < size) {
      long next = heap.successor(gap);
      gap = giveUp(next != 0 ? next : heap.predecessor(gap));
    }
    return gap;
  }

  private long giveUp(long item) {
    increment(isExpired(item) || isFlushed(item) ? Counter.RECLAIMED : Counter.EVICTIONS);
    return remove(item);
  }

  /** Takes an item out of everything. Returns the free block that it became part of. */
  private long remove(long item) {
    index.remove(item);
    recency.remove(item);
    layout.addLong(Layout.AT_ITEMS, -1);
    layout.addLong(Layout.AT_ITEM_BYTES, -heap.size(item));
    return heap.free(item);
  }

  private void countTouch(long item) {
    increment(Counter.CMD_TOUCH);
    increment(item != 0 ? Counter.TOUCH_HITS : Counter.TOUCH_MISSES);
  }

  private void increment(Counter counter) {
    layout.addLong(counter.offset(), 1);
  }

  private long nextCas() {
    layout.addLong(Layout.AT_CAS, 1);
    return layout.longAt(Layout.AT_CAS);
  }

  private long hash(Key key) {
    return Hash.of(key.bytes(), layout.longAt(Layout.AT_SEED));
  }

  private long now() {
    return clock.millis() / 1000;
  }

  private void begin() {
    layout.addLong(Layout.AT_SEQUENCE, 1);
  }

  private void end() {
    layout.addLong(Layout.AT_SEQUENCE, 1);
  }
}
