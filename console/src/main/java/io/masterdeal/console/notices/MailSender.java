package io.masterdeal.console.notices;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Sends notices as mail. */
final class MailSender {

    private static final String TIMEOUT_MS = "10000";

    private final NoticeText texts;

    MailSender(NoticeText texts) {
        this.texts = texts;
    }

    void send(Channel channel, Target.Mail target, Notice notice) throws NoticeException {
        JavaMailSenderImpl sender = sender(target);
        MimeMessage message = sender.createMimeMessage();
        try {
            MimeMessageHelper mail = new MimeMessageHelper(message, false, StandardCharsets.UTF_8.name());
            mail.setFrom(target.from());
            mail.setTo(target.to().toArray(String[]::new));
            mail.setSubject(texts.title(notice, channel.language()));
            mail.setText(texts.text(notice, channel.language()));
            // The same at each attempt, by which a mail program may drop a repeated one.
            message.setHeader("Message-ID", "<" + notice.id() + "@masterdeal>");
            message.setHeader("X-MasterDeal-Notice", notice.id().toString());
            message.setHeader("Auto-Submitted", "auto-generated");
            sender.send(message);
        } catch (MessagingException | MailException e) {
            throw new NoticeException(target.host() + ":" + target.port() + ": " + e.getMessage(), e);
        }
    }

    private static JavaMailSenderImpl sender(Target.Mail target) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost(target.host());
        sender.setPort(target.port());
        sender.setProtocol(target.tls().equals("tls") ? "smtps" : "smtp");
        if (target.user() != null) {
            sender.setUsername(target.user());
            sender.setPassword(target.password());
        }
        Properties properties = sender.getJavaMailProperties();
        for (String protocol : new String[] {"smtp", "smtps"}) {
            String own = "mail." + protocol + ".";
            properties.setProperty(own + "connectiontimeout", TIMEOUT_MS);
            properties.setProperty(own + "timeout", TIMEOUT_MS);
            properties.setProperty(own + "writetimeout", TIMEOUT_MS);
            properties.setProperty(own + "auth", Boolean.toString(target.user() != null));
            properties.setProperty(own + "ssl.checkserveridentity", "true");
            properties.setProperty(
                    own + "starttls.enable", Boolean.toString(target.tls().equals("starttls")));
            properties.setProperty(
                    own + "starttls.required", Boolean.toString(target.tls().equals("starttls")));
        }
        return sender;
    }
}
