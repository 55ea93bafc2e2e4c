"""A real Wagtail site whose workflow lints (`make test-wagtail`): clean goes live on schedule, bad goes back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
PICTURES = EXAMPLES / "week" / "pictures"

django = pytest.importorskip("django", reason="needs Wagtail; make test-wagtail installs it")
pytest.importorskip("wagtail", reason="needs Wagtail; make test-wagtail installs it")

TELLING = "Ring Wilhelmina Quarrell on 07700 900461 about it."
WARNED = "Come to Northgate Bakery, the best sausage rolls in town."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A site on SQLite, and the models of the example."""
    from django.conf import settings
    from django.core.management import call_command

    place = tmp_path_factory.mktemp("site")
    sys.path.insert(0, str(EXAMPLES))
    settings.configure(
        SECRET_KEY="only-for-this-test",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": place / "site.sqlite3"}},
        INSTALLED_APPS=[
            "wagtail_postlint",
            "wagtail.users",
            "wagtail.snippets",
            "wagtail.documents",
            "wagtail.images",
            "wagtail.search",
            "wagtail.admin",
            "wagtail",
            "modelsearch",
            "taggit",
            "modelcluster",
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        ROOT_URLCONF="django.contrib.auth.urls",
        MEDIA_ROOT=place / "media",
        STATIC_URL="/static/",
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        TIME_ZONE="Europe/London",
        WAGTAIL_SITE_NAME="Force",
        WAGTAIL_FINISH_WORKFLOW_ACTION="wagtail_postlint.publishing.publish_what_was_looked_at",
        WAGTAILADMIN_BASE_URL="http://site.example.org",
    )
    django.setup()
    call_command("migrate", verbosity=0)
    import wagtail_postlint.models as models

    yield models
    sys.path.remove(str(EXAMPLES))


@pytest.fixture
def workflow(site: Any) -> Any:
    return _workflow(site)


def _workflow(site: Any, *more: Any, **options: Any) -> Any:
    from wagtail.models import Workflow, WorkflowTask

    made = Workflow.objects.create(name="Posts")
    for order, task in enumerate((site.PostlintTask.objects.create(name="Postlint", **options), *more)):
        WorkflowTask.objects.create(workflow=made, task=task, sort_order=order)
    return made


def _submitted(site: Any, workflow: Any, text: str, **fields: Any) -> tuple[Any, Any]:
    """Return a post that its author has handed in, and the state of its workflow."""
    from django.contrib.auth.models import User

    author, _ = User.objects.get_or_create(username="author", defaults={"email": "author@example.org"})
    post = site.SocialPost(text=text, account="WMPolice", live=False, **fields)
    post.save()
    post.save_revision(user=author)
    state = workflow.start(post, author)
    post.refresh_from_db()
    return post, state


def _as_stored(state: Any) -> Any:
    """Return a state as another request finds it."""
    return type(state).objects.get(pk=state.pk)


def _comments(state: Any) -> list[str]:
    return [task.comment for task in state.task_states.order_by("pk")]


def test_the_migrations_are_those_of_the_models(site: Any) -> None:
    from django.core.management import call_command

    call_command("makemigrations", "wagtail_postlint", check=True, dry_run=True, verbosity=0)


def test_a_clean_post_is_approved_and_goes_live(site: Any, workflow: Any) -> None:
    post, state = _submitted(site, workflow, "Road closed on the A38.")
    assert (state.status, post.live, _comments(state)) == ("approved", True, [""])


def test_a_bad_post_needs_changes_and_says_why(site: Any, workflow: Any) -> None:
    post, state = _submitted(site, workflow, TELLING)
    assert (state.status, post.live) == ("needs_changes", False)
    [comment] = _comments(state)
    assert "This is a mobile number" in comment
    assert "07700" not in comment


def test_a_clean_post_goes_live_at_its_time_and_not_before(site: Any, workflow: Any) -> None:
    from django.core.management import call_command
    from django.utils import timezone

    due = timezone.now() + timedelta(hours=2)
    post, state = _submitted(site, workflow, "Road closed on the A38.", go_live_at=due)
    assert (state.status, post.live) == ("approved", False)
    bad, _ = _submitted(site, workflow, TELLING, go_live_at=due)
    for minutes, live in ((-5, False), (5, True)):
        with mock.patch("django.utils.timezone.now", return_value=due + timedelta(minutes=minutes)):
            call_command("publish_scheduled", verbosity=0)
        post.refresh_from_db()
        bad.refresh_from_db()
        assert (post.live, bad.live) == (live, False)


def test_the_revision_is_looked_at_and_not_what_is_live(site: Any, workflow: Any) -> None:
    from django.contrib.auth.models import User

    post, _ = _submitted(site, workflow, "Road closed on the A38.")
    assert post.live
    author = User.objects.get(username="author")
    post.text = TELLING
    post.save_revision(user=author)
    state = workflow.start(post, author)
    post.refresh_from_db()
    assert (state.status, post.text, post.live) == ("needs_changes", "Road closed on the A38.", True)
    # Mended and handed in again, it goes on.
    post.text = "The A38 is open again."
    post.save_revision(user=author)
    state = _as_stored(state)
    state.resume(author)
    post.refresh_from_db()
    assert (state.status, post.text) == ("approved", "The A38 is open again.")


def test_pictures_are_looked_at(site: Any, workflow: Any) -> None:
    from django.core.files.images import ImageFile
    from wagtail.images import get_image_model

    for name, status, word in (("hall-clean.png", "approved", ""), ("van.jpg", "needs_changes", "location")):
        with (PICTURES / name).open("rb") as opened:
            image = get_image_model().objects.create(title="Picture", file=ImageFile(opened, name=name))
        _, state = _submitted(site, workflow, "Our new one.", image=image, alt="A picture")
        assert state.status == status
        assert word in _comments(state)[0].casefold()
    Path(image.file.path).unlink()
    post, state = _submitted(site, workflow, "Our new one.", image=image, alt="A picture")
    assert (state.status, post.live) == ("needs_changes", False)
    assert "Not looked at (media[0])" in _comments(state)[0]


def test_what_is_no_post_is_not_passed(site: Any, workflow: Any) -> None:
    _, state = _submitted(site, workflow, "\u200b")
    assert state.status == "needs_changes"
    with mock.patch.object(site.SocialPost, "as_post", return_value={"text": 7}):
        _, state = _submitted(site, workflow, "Road closed.")
    assert state.status == "needs_changes"
    assert "text: expected text" in _comments(state)[0]


def test_warnings_go_back_unless_a_person_follows(site: Any) -> None:
    from wagtail.models import GroupApprovalTask

    def person() -> Any:
        return GroupApprovalTask.objects.create(name="Press office")

    for workflow, status in (
        (_workflow(site), "needs_changes"),
        (_workflow(site, warnings_go_on=True), "needs_changes"),
        (_workflow(site, site.PostlintTask.objects.create(name="Again"), warnings_go_on=True), "needs_changes"),
        (_workflow(site, person()), "needs_changes"),
        (_workflow(site, person(), warnings_go_on=True), "in_progress"),
    ):
        post, state = _submitted(site, workflow, WARNED)
        assert (state.status, post.live) == (status, False)
        assert "praise" in _comments(state)[0]
    post, state = _submitted(site, workflow, TELLING)
    assert (state.status, post.live) == ("needs_changes", False)


def test_a_change_after_the_look_is_not_published(site: Any) -> None:
    from django.contrib.auth.models import User
    from django.core.exceptions import PermissionDenied
    from wagtail.models import GroupApprovalTask

    press = GroupApprovalTask.objects.create(name="Press office")
    officer = User.objects.create_user("press-officer")
    post, state = _submitted(site, _workflow(site, press), "Road closed on the A38.")
    assert state.status == "in_progress"
    post.text = TELLING
    post.save_revision()
    with pytest.raises(PermissionDenied, match="changed after it was looked at"):
        press.on_action(_as_stored(state).current_task_state, officer, "approve")
    post.refresh_from_db()
    assert (_as_stored(state).status, post.live) == ("in_progress", False)

    post, state = _submitted(site, _workflow(site, press), "Road closed on the A38.")
    press.on_action(_as_stored(state).current_task_state, officer, "approve")
    post.refresh_from_db()
    assert post.live
