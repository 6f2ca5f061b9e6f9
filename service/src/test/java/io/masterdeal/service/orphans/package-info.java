@NullMarked
package io.masterdeal.service.orphans;

import org.jspecify.annotations.NullMarked;
