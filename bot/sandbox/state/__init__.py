"""What is so in a sandbox: people, chats, files, queues, and the rules that keep them. No sockets."""
