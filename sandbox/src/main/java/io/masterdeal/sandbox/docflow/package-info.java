/**
 * Docflow: contracts, transfer documents and invoices, and the people who see to the signatures.
 * Its statuses, its actions, and what it asks of Legal and DCM.
 */
@NullMarked
package io.masterdeal.sandbox.docflow;

import org.jspecify.annotations.NullMarked;
