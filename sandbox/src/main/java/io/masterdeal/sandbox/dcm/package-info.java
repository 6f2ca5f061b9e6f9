/**
 * DCM, the billing system: invoices, acts, reconciliations and closeouts. Its statuses, its actions, and the accountants.
 */
@NullMarked
package io.masterdeal.sandbox.dcm;

import org.jspecify.annotations.NullMarked;
