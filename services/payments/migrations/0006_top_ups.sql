-- People ask for their own top-ups themselves; the balance they go to is opened by the platform.
create policy payment_top_up on payment for insert
  with check (user_id = (select app.user_id()) and purpose = 'top_up' and status = 'pending');
