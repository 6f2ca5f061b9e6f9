/** Task queues over RabbitMQ: a durable queue, replicated if the server supports it, with publisher confirms. */
@NullMarked
package io.masterdeal.queue.rabbitmq;

import org.jspecify.annotations.NullMarked;
