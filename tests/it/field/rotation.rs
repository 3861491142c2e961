//! What has arrived of a refresh is kept, however it is written and whatever happens next.
