"""Pictures of what is true, for chats, pages and files."""
