/**
 * The SLA reports of deals over HTTP: evaluated from their facts when somebody asks, so that nothing can drift. Apart from them, what
 * depends on when facts arrived.
 */
@NullMarked
package io.masterdeal.service.sla;

import org.jspecify.annotations.NullMarked;
