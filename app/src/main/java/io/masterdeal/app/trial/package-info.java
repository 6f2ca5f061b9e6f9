/** What other SLA policies would give: the clocks of deals by two sets of policies, compared. */
@NullMarked
package io.masterdeal.app.trial;

import org.jspecify.annotations.NullMarked;
