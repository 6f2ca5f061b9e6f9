/** Tests of reading the write-ahead log. */
@NullMarked
package io.masterdeal.role.replication;

import org.jspecify.annotations.NullMarked;
