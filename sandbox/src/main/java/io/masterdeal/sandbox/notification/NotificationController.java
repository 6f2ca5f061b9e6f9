package io.masterdeal.sandbox.notification;

import io.masterdeal.sandbox.notification.SignatureCheck.Signed;
import io.masterdeal.sandbox.rest.JsonBodies;
import io.masterdeal.sandbox.system.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Receives deliveries of the event router: one path per subscription. Callers are authenticated by signature, not by key. */
@RestController
final class NotificationController {

    private final Subscribers subscribers;

    private final SignatureCheck signatures;

    private final ContextOutage outage;

    NotificationController(Subscribers subscribers, SignatureCheck signatures, ContextOutage outage) {
        this.subscribers = subscribers;
        this.signatures = signatures;
        this.outage = outage;
    }

    @PostMapping("/legal/notifications")
    ResponseEntity<Void> legal(HttpServletRequest request) {
        return take(Subscribers.LEGAL, request);
    }

    @PostMapping("/crm/notifications")
    ResponseEntity<Void> crm(HttpServletRequest request) {
        return take(Subscribers.CRM, request);
    }

    @PostMapping("/task/notifications")
    ResponseEntity<Void> tracker(HttpServletRequest request) {
        return take(Subscribers.TASK_TRACKER, request);
    }

    @PostMapping("/context/notifications")
    ResponseEntity<Void> context(HttpServletRequest request) {
        if (outage.isNow()) {
            subscribers.of(Subscribers.CONTEXT).noteAway();
            throw Refusal.unavailable("The context is away for a few seconds.");
        }
        return take(Subscribers.CONTEXT, request);
    }

    /** The event is acknowledged only when this returns, and has been handled by then. */
    private ResponseEntity<Void> take(String subscription, HttpServletRequest request) {
        var signed = new Signed(
                request.getHeader("webhook-id"),
                request.getHeader("webhook-timestamp"),
                request.getHeader("webhook-signature"));
        byte[] body = JsonBodies.bytes(request);
        IdempotentReceiver receiver = subscribers.of(subscription);
        String id;
        try {
            id = signatures.check(subscription, signed, body);
        } catch (Refusal e) {
            receiver.noteUnsigned();
            throw e;
        }
        receiver.take(new Notification(id, JsonBodies.object(body), body));
        return ResponseEntity.noContent().build();
    }
}
