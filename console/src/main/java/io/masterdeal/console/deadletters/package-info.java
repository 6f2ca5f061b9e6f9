/** What subscribers did not take: by groups, one by one, and decisions on many at once. */
@NullMarked
package io.masterdeal.console.deadletters;

import org.jspecify.annotations.NullMarked;
