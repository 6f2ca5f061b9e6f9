/** What the service answers about all deals, written down in canonical form. */
@NullMarked
package io.masterdeal.app.report;

import org.jspecify.annotations.NullMarked;
