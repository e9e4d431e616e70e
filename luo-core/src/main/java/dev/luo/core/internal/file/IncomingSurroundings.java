// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.core.internal.descriptor.ArrivedDescriptors;
import dev.luo.core.internal.flb.IncomingFlbs;
import dev.luo.core.internal.image.Image;
import dev.luo.core.internal.report.ArrivalReport;
import dev.luo.spi.Boundary;
import dev.luo.spi.Origin;

/** What a call for an incoming file may reach beside its session. */
public record IncomingSurroundings(
    Image image,
    ArrivedDescriptors descriptors,
    IncomingFlbs flbs,
    Remarks remarks,
    ArrivalReport report,
    Origin origin,
    Boundary boundary) {}
