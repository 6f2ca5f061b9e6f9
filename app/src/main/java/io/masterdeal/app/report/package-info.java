/** The service's answers about all deals, in canonical form. */
@NullMarked
package io.masterdeal.app.report;

import org.jspecify.annotations.NullMarked;
