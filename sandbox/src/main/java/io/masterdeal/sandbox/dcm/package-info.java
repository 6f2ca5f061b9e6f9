/**
 * DCM, the billing: invoices, acts, reconciliations and closeouts.
 * Its statuses, its actions, and the people who watch the money.
 */
@NullMarked
package io.masterdeal.sandbox.dcm;

import org.jspecify.annotations.NullMarked;
