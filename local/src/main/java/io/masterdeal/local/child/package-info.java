/**
 * What runs inside the child processes: the broker, and the watch that ends a child when its parent dies. Started as main
 * programs with a class path of their own; nothing in the application calls this package.
 */
@NullMarked
package io.masterdeal.local.child;

import org.jspecify.annotations.NullMarked;
