/** Who may ask a role over HTTP, and who may change something there. */
@NullMarked
package io.masterdeal.role.access;

import org.jspecify.annotations.NullMarked;
