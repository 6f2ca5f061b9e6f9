@NullMarked
package io.masterdeal.facts.settings;

import org.jspecify.annotations.NullMarked;
