/** How pages are made: templates, words in two languages, times and numbers, the menu, files that pages load. */
@NullMarked
package io.masterdeal.console.page;

import org.jspecify.annotations.NullMarked;
