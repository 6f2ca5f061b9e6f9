@NullMarked
package io.masterdeal.model.sla;

import org.jspecify.annotations.NullMarked;
