/**
 * Reads PostgreSQL's write-ahead log through a logical replication slot: the connections, the slot with its publication, and the
 * messages of the plugin pgoutput. What a reader does with them, and where it writes down how far it is, is its own.
 */
@NullMarked
package io.masterdeal.role.replication;

import org.jspecify.annotations.NullMarked;
