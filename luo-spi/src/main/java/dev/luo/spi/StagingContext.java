// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

/**
 * What {@link FileHandler#stage} can see: the record as it stands while the predecessor still runs.
 * It may change until the freeze, and so may the file. Implemented by luo, valid during the call.
 */
public interface StagingContext extends IncomingRecord {}
