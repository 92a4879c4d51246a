"""Who is on call: schedules of layers that rotate, and what people changed about them."""
