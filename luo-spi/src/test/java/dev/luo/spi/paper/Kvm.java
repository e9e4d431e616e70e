// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

/** Requests of {@code linux/kvm.h}, with the sizes of x86-64 in them. */
final class Kvm {

  static final int CREATE_VM = 0xAE01;
  static final int CHECK_EXTENSION = 0xAE03;
  static final int CREATE_VCPU = 0xAE41;
  static final int SET_USER_MEMORY_REGION = 0x4020AE46;
  static final int SET_CLOCK = 0x4030AE7B;
  static final int GET_CLOCK = 0x8030AE7C;
  static final int SET_MSRS = 0x4008AE89;
  static final int GET_MSRS = 0xC008AE88;
  static final int SET_CPUID2 = 0x4008AE90;
  static final int GET_CPUID2 = 0xC008AE91;
  static final int GET_XSAVE = 0x9000AEA4;
  static final int GET_XSAVE2 = 0x9000AECF;
  static final int SET_XSAVE = 0x5000AEA5;

  /**
   * What CHECK_EXTENSION is asked for the size of the extended state; 0 where only the old one
   * exists.
   */
  static final long CAP_XSAVE2 = 208;

  private Kvm() {}

  /** State of a fixed size, in the order in which it is set: later ones depend on earlier ones. */
  enum State {
    SREGS(0x8138AE83, 0x4138AE84, 312),
    REGS(0x8090AE81, 0x4090AE82, 144),
    XCRS(0x8188AEA6, 0x4188AEA7, 392),
    DEBUG_REGS(0x8080AEA1, 0x4080AEA2, 128),
    EVENTS(0x8040AE9F, 0x4040AEA0, 64),
    MP_STATE(0x8004AE98, 0x4004AE99, 4);

    private final int get;
    private final int set;
    private final int byteSize;

    State(int get, int set, int byteSize) {
      this.get = get;
      this.set = set;
      this.byteSize = byteSize;
    }

    int get() {
      return get;
    }

    int set() {
      return set;
    }

    int byteSize() {
      return byteSize;
    }
  }

  /**
   * The model-specific registers that every processor of the architecture has and a guest depends
   * on: time stamp counter, system call entries, page attributes, base of GS.
   */
  static int[] msrs() {
    return new int[] {
      0x10, 0x174, 0x175, 0x176, 0x277, 0xC0000081, 0xC0000082, 0xC0000083, 0xC0000084, 0xC0000102
    };
  }
}
