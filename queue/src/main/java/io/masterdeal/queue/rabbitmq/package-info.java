/** Tasks over RabbitMQ: a durable queue, replicated where the server can, with publisher confirms. */
@NullMarked
package io.masterdeal.queue.rabbitmq;

import org.jspecify.annotations.NullMarked;
