// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

/**
 * An error number of the Linux kernel.
 *
 * <p>The numbers are the same on x86-64 and aarch64. A number without a name here is kept as it is;
 * {@link #name} then shows it as {@code "E530"}.
 *
 * @param number the error number, positive
 */
public record Errno(int number) {
  /** Operation not permitted. */
  public static final Errno EPERM = new Errno(1);

  /** No such file or directory. */
  public static final Errno ENOENT = new Errno(2);

  /** No such process. */
  public static final Errno ESRCH = new Errno(3);

  /** Interrupted system call. */
  public static final Errno EINTR = new Errno(4);

  /** Input/output error. */
  public static final Errno EIO = new Errno(5);

  /** No such device or address. */
  public static final Errno ENXIO = new Errno(6);

  /** Argument list too long. */
  public static final Errno E2BIG = new Errno(7);

  /** Exec format error. */
  public static final Errno ENOEXEC = new Errno(8);

  /** Bad file descriptor. */
  public static final Errno EBADF = new Errno(9);

  /** No child processes. */
  public static final Errno ECHILD = new Errno(10);

  /** Resource temporarily unavailable. */
  public static final Errno EAGAIN = new Errno(11);

  /** Cannot allocate memory. */
  public static final Errno ENOMEM = new Errno(12);

  /** Permission denied. */
  public static final Errno EACCES = new Errno(13);

  /** Bad address. */
  public static final Errno EFAULT = new Errno(14);

  /** Block device required. */
  public static final Errno ENOTBLK = new Errno(15);

  /** Device or resource busy. */
  public static final Errno EBUSY = new Errno(16);

  /** File exists. */
  public static final Errno EEXIST = new Errno(17);

  /** Invalid cross-device link. */
  public static final Errno EXDEV = new Errno(18);

  /** No such device. */
  public static final Errno ENODEV = new Errno(19);

  /** Not a directory. */
  public static final Errno ENOTDIR = new Errno(20);

  /** Is a directory. */
  public static final Errno EISDIR = new Errno(21);

  /** Invalid argument. */
  public static final Errno EINVAL = new Errno(22);

  /** Too many open files in system. */
  public static final Errno ENFILE = new Errno(23);

  /** Too many open files. */
  public static final Errno EMFILE = new Errno(24);

  /** Inappropriate ioctl for device. */
  public static final Errno ENOTTY = new Errno(25);

  /** Text file busy. */
  public static final Errno ETXTBSY = new Errno(26);

  /** File too large. */
  public static final Errno EFBIG = new Errno(27);

  /** No space left on device. */
  public static final Errno ENOSPC = new Errno(28);

  /** Illegal seek. */
  public static final Errno ESPIPE = new Errno(29);

  /** Read-only file system. */
  public static final Errno EROFS = new Errno(30);

  /** Too many links. */
  public static final Errno EMLINK = new Errno(31);

  /** Broken pipe. */
  public static final Errno EPIPE = new Errno(32);

  /** Numerical argument out of domain. */
  public static final Errno EDOM = new Errno(33);

  /** Numerical result out of range. */
  public static final Errno ERANGE = new Errno(34);

  /** Resource deadlock avoided. */
  public static final Errno EDEADLK = new Errno(35);

  /** File name too long. */
  public static final Errno ENAMETOOLONG = new Errno(36);

  /** No locks available. */
  public static final Errno ENOLCK = new Errno(37);

  /** Function not implemented. */
  public static final Errno ENOSYS = new Errno(38);

  /** Directory not empty. */
  public static final Errno ENOTEMPTY = new Errno(39);

  /** Too many levels of symbolic links. */
  public static final Errno ELOOP = new Errno(40);

  /** No message of desired type. */
  public static final Errno ENOMSG = new Errno(42);

  /** Identifier removed. */
  public static final Errno EIDRM = new Errno(43);

  /** Channel number out of range. */
  public static final Errno ECHRNG = new Errno(44);

  /** Level 2 not synchronized. */
  public static final Errno EL2NSYNC = new Errno(45);

  /** Level 3 halted. */
  public static final Errno EL3HLT = new Errno(46);

  /** Level 3 reset. */
  public static final Errno EL3RST = new Errno(47);

  /** Link number out of range. */
  public static final Errno ELNRNG = new Errno(48);

  /** Protocol driver not attached. */
  public static final Errno EUNATCH = new Errno(49);

  /** No CSI structure available. */
  public static final Errno ENOCSI = new Errno(50);

  /** Level 2 halted. */
  public static final Errno EL2HLT = new Errno(51);

  /** Invalid exchange. */
  public static final Errno EBADE = new Errno(52);

  /** Invalid request descriptor. */
  public static final Errno EBADR = new Errno(53);

  /** Exchange full. */
  public static final Errno EXFULL = new Errno(54);

  /** No anode. */
  public static final Errno ENOANO = new Errno(55);

  /** Invalid request code. */
  public static final Errno EBADRQC = new Errno(56);

  /** Invalid slot. */
  public static final Errno EBADSLT = new Errno(57);

  /** Bad font file format. */
  public static final Errno EBFONT = new Errno(59);

  /** Device not a stream. */
  public static final Errno ENOSTR = new Errno(60);

  /** No data available. */
  public static final Errno ENODATA = new Errno(61);

  /** Timer expired. */
  public static final Errno ETIME = new Errno(62);

  /** Out of streams resources. */
  public static final Errno ENOSR = new Errno(63);

  /** Machine is not on the network. */
  public static final Errno ENONET = new Errno(64);

  /** Package not installed. */
  public static final Errno ENOPKG = new Errno(65);

  /** Object is remote. */
  public static final Errno EREMOTE = new Errno(66);

  /** Link has been severed. */
  public static final Errno ENOLINK = new Errno(67);

  /** Advertise error. */
  public static final Errno EADV = new Errno(68);

  /** Srmount error. */
  public static final Errno ESRMNT = new Errno(69);

  /** Communication error on send. */
  public static final Errno ECOMM = new Errno(70);

  /** Protocol error. */
  public static final Errno EPROTO = new Errno(71);

  /** Multihop attempted. */
  public static final Errno EMULTIHOP = new Errno(72);

  /** RFS specific error. */
  public static final Errno EDOTDOT = new Errno(73);

  /** Bad message. */
  public static final Errno EBADMSG = new Errno(74);

  /** Value too large for defined data type. */
  public static final Errno EOVERFLOW = new Errno(75);

  /** Name not unique on network. */
  public static final Errno ENOTUNIQ = new Errno(76);

  /** File descriptor in bad state. */
  public static final Errno EBADFD = new Errno(77);

  /** Remote address changed. */
  public static final Errno EREMCHG = new Errno(78);

  /** Can not access a needed shared library. */
  public static final Errno ELIBACC = new Errno(79);

  /** Accessing a corrupted shared library. */
  public static final Errno ELIBBAD = new Errno(80);

  /** .lib section in a.out corrupted. */
  public static final Errno ELIBSCN = new Errno(81);

  /** Attempting to link in too many shared libraries. */
  public static final Errno ELIBMAX = new Errno(82);

  /** Cannot exec a shared library directly. */
  public static final Errno ELIBEXEC = new Errno(83);

  /** Invalid or incomplete multibyte or wide character. */
  public static final Errno EILSEQ = new Errno(84);

  /** Interrupted system call should be restarted. */
  public static final Errno ERESTART = new Errno(85);

  /** Streams pipe error. */
  public static final Errno ESTRPIPE = new Errno(86);

  /** Too many users. */
  public static final Errno EUSERS = new Errno(87);

  /** Socket operation on non-socket. */
  public static final Errno ENOTSOCK = new Errno(88);

  /** Destination address required. */
  public static final Errno EDESTADDRREQ = new Errno(89);

  /** Message too long. */
  public static final Errno EMSGSIZE = new Errno(90);

  /** Protocol wrong type for socket. */
  public static final Errno EPROTOTYPE = new Errno(91);

  /** Protocol not available. */
  public static final Errno ENOPROTOOPT = new Errno(92);

  /** Protocol not supported. */
  public static final Errno EPROTONOSUPPORT = new Errno(93);

  /** Socket type not supported. */
  public static final Errno ESOCKTNOSUPPORT = new Errno(94);

  /** Operation not supported. */
  public static final Errno EOPNOTSUPP = new Errno(95);

  /** Protocol family not supported. */
  public static final Errno EPFNOSUPPORT = new Errno(96);

  /** Address family not supported by protocol. */
  public static final Errno EAFNOSUPPORT = new Errno(97);

  /** Address already in use. */
  public static final Errno EADDRINUSE = new Errno(98);

  /** Cannot assign requested address. */
  public static final Errno EADDRNOTAVAIL = new Errno(99);

  /** Network is down. */
  public static final Errno ENETDOWN = new Errno(100);

  /** Network is unreachable. */
  public static final Errno ENETUNREACH = new Errno(101);

  /** Network dropped connection on reset. */
  public static final Errno ENETRESET = new Errno(102);

  /** Software caused connection abort. */
  public static final Errno ECONNABORTED = new Errno(103);

  /** Connection reset by peer. */
  public static final Errno ECONNRESET = new Errno(104);

  /** No buffer space available. */
  public static final Errno ENOBUFS = new Errno(105);

  /** Transport endpoint is already connected. */
  public static final Errno EISCONN = new Errno(106);

  /** Transport endpoint is not connected. */
  public static final Errno ENOTCONN = new Errno(107);

  /** Cannot send after transport endpoint shutdown. */
  public static final Errno ESHUTDOWN = new Errno(108);

  /** Too many references: cannot splice. */
  public static final Errno ETOOMANYREFS = new Errno(109);

  /** Connection timed out. */
  public static final Errno ETIMEDOUT = new Errno(110);

  /** Connection refused. */
  public static final Errno ECONNREFUSED = new Errno(111);

  /** Host is down. */
  public static final Errno EHOSTDOWN = new Errno(112);

  /** No route to host. */
  public static final Errno EHOSTUNREACH = new Errno(113);

  /** Operation already in progress. */
  public static final Errno EALREADY = new Errno(114);

  /** Operation now in progress. */
  public static final Errno EINPROGRESS = new Errno(115);

  /** Stale file handle. */
  public static final Errno ESTALE = new Errno(116);

  /** Structure needs cleaning. */
  public static final Errno EUCLEAN = new Errno(117);

  /** Not a XENIX named type file. */
  public static final Errno ENOTNAM = new Errno(118);

  /** No XENIX semaphores available. */
  public static final Errno ENAVAIL = new Errno(119);

  /** Is a named type file. */
  public static final Errno EISNAM = new Errno(120);

  /** Remote I/O error. */
  public static final Errno EREMOTEIO = new Errno(121);

  /** Disk quota exceeded. */
  public static final Errno EDQUOT = new Errno(122);

  /** No medium found. */
  public static final Errno ENOMEDIUM = new Errno(123);

  /** Wrong medium type. */
  public static final Errno EMEDIUMTYPE = new Errno(124);

  /** Operation canceled. */
  public static final Errno ECANCELED = new Errno(125);

  /** Required key not available. */
  public static final Errno ENOKEY = new Errno(126);

  /** Key has expired. */
  public static final Errno EKEYEXPIRED = new Errno(127);

  /** Key has been revoked. */
  public static final Errno EKEYREVOKED = new Errno(128);

  /** Key was rejected by service. */
  public static final Errno EKEYREJECTED = new Errno(129);

  /** Owner died. */
  public static final Errno EOWNERDEAD = new Errno(130);

  /** State not recoverable. */
  public static final Errno ENOTRECOVERABLE = new Errno(131);

  /** Operation not possible due to RF-kill. */
  public static final Errno ERFKILL = new Errno(132);

  /** Memory page has hardware error. */
  public static final Errno EHWPOISON = new Errno(133);

  /**
   * Creates the error of a number.
   *
   * @throws IllegalArgumentException if the number is not positive
   */
  public Errno {
    if (number <= 0) {
      throw new IllegalArgumentException("an error number is positive, and this is " + number);
    }
  }

  /**
   * Takes the error out of what a system call answered.
   *
   * @param result the negated error number
   * @return the error
   */
  public static Errno ofResult(long result) {
    return new Errno(Math.toIntExact(-result));
  }

  /**
   * Names the error as the manual does.
   *
   * @return such as {@code "EBUSY"}, or {@code "E530"} for a number that has no name here
   */
  public String name() {
    ErrnoTable.Entry entry = ErrnoTable.find(number);
    return entry == null ? "E" + number : entry.name();
  }

  /**
   * Says what the error means, in the words of the C library.
   *
   * @return such as {@code "Device or resource busy"}
   */
  public String text() {
    ErrnoTable.Entry entry = ErrnoTable.find(number);
    return entry == null ? "Unknown error " + number : entry.text();
  }

  /**
   * Shows name and text.
   *
   * @return such as {@code "EBUSY (Device or resource busy)"}
   */
  @Override
  public String toString() {
    return name() + " (" + text() + ")";
  }
}
