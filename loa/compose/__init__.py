"""Where an organization's people write: releases, pictures, preview, submitting."""
