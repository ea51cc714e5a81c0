DROP TABLE notification_choice, notification;
