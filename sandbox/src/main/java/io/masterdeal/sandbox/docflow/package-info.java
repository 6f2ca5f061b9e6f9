/**
 * Docflow: contracts, transfer documents and invoices, and the people responsible for signatures.
 * Its statuses, its actions, and its requests to Legal and DCM.
 */
@NullMarked
package io.masterdeal.sandbox.docflow;

import org.jspecify.annotations.NullMarked;
