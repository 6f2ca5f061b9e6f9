/** The SLA reports of deals over HTTP: evaluated from their facts when somebody asks, so that nothing can drift. */
@NullMarked
package io.masterdeal.service.sla;

import org.jspecify.annotations.NullMarked;
