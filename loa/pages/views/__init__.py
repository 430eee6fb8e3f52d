"""The doors of the public pages: nobody is signed in here, and everyone gets the same page."""
