@NullMarked
package io.masterdeal.service.settings;

import org.jspecify.annotations.NullMarked;
