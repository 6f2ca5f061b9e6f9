package io.masterdeal.console.notices;

/** Sends a notice by the way of its channel. Thread-safe. */
final class NoticeSenders {

    private final WebhookSender webhooks;
    private final MailSender mail;
    private final ChatSender chats;

    NoticeSenders(WebhookSender webhooks, MailSender mail, ChatSender chats) {
        this.webhooks = webhooks;
        this.mail = mail;
        this.chats = chats;
    }

    /**
     * Sends a notice.
     *
     * @throws NoticeException if it was not accepted; it may have been received nevertheless
     */
    void send(Channel channel, Notice notice) throws NoticeException {
        switch (channel.target()) {
            case Target.Webhook target -> webhooks.send(channel, target, notice);
            case Target.Mail target -> mail.send(channel, target, notice);
            case Target.Chat target -> chats.send(channel, target, notice);
        }
    }
}
