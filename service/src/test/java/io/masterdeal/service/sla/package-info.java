/** SLA reports over HTTP. */
@NullMarked
package io.masterdeal.service.sla;

import org.jspecify.annotations.NullMarked;
